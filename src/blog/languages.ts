/** Languages that the form of a post offers; any other BCP 47 tag is taken too. */
const OFFERED =
  'af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ' +
  'ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl nn pa pl ps pt pt-BR ro ru sk sl sq sr sv sw ta te th ' +
  'tr uk ur uz vi yi zh-Hans zh-Hant';

/** The languages for a select field, by their names in `locale`; `present` is among them. */
export function languageChoices(
  locale: string,
  present: string,
): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const tags = new Set(OFFERED.split(' '));
  const label = (tag: string): string => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
  if (present !== '') tags.add(present);
  return [...tags]
    .map((value) => ({ value, label: label(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
}
