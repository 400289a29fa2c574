import { Parser } from 'htmlparser2';

/** A form as a page offers it, with the values that it has there. */
export interface OfferedForm {
  action: string;
  fields: [name: string, value: string][];
}

/** The forms of a page that write something. */
export function formsIn(html: string): OfferedForm[] {
  const forms: OfferedForm[] = [];
  let form: OfferedForm | null = null;
  let choice: string | null = null;
  let area: [string, string] | null = null;
  const parser = new Parser({
    onopentag(tag, { name = '', value = '', type, checked, selected, ...rest }) {
      if (tag === 'form') form = { action: rest.action ?? '', fields: [] };
      if (tag === 'form' && rest.method?.toLowerCase() === 'post' && form) forms.push(form);
      if (tag === 'select') choice = name;
      if (tag === 'option' && choice && selected !== undefined) form?.fields.push([choice, value]);
      if (tag === 'textarea') form?.fields.push((area = [name, '']));
      const box = type === 'checkbox' || type === 'radio';
      if ((tag === 'input' || tag === 'button') && name && type !== 'file') {
        if (!box || checked !== undefined) form?.fields.push([name, value]);
      }
    },
    ontext(text) {
      if (area) area[1] += text;
    },
    onclosetag(tag) {
      if (tag === 'form') form = null;
      if (tag === 'select') choice = null;
      if (tag === 'textarea') area = null;
    },
  });
  parser.end(html);
  return forms;
}
