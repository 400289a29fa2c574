import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What stands for the placeholders of a message. */
export type MessageValues = Record<string, string | number>;

/** Translates a key; `count` among the values chooses the plural form (CLDR, by Intl.PluralRules). */
export type Translate = (key: string, values?: MessageValues) => string;

type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** The messages of every language. */
export interface Catalogue {
  locales: readonly string[];
  /** The translator of a language; an unknown language falls back to English. */
  translator(locale: string): Translate;
}

function fill(template: string, values: MessageValues, format: Intl.NumberFormat): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? format.format(value) : value;
  });
}

function translatorOf(locale: string, messages: Map<string, Message>): Translate {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const message = messages.get(key);
    if (message === undefined) throw new Error(`The catalogue ${locale} has no message "${key}".`);
    if (typeof message === 'string') return fill(message, values, number);
    const form = message[plural.select(Number(values.count))] ?? message.other ?? '';
    return fill(form, values, number);
  };
}

/**
 * Loads `<locale>.json` files: flat objects from key to a message, or to an object of plural forms.
 * A key that is missing throws when it is asked for, so that tests find it.
 */
export function loadCatalogue(directory: string): Catalogue {
  const translators = new Map<string, Translate>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
    const locale = path.basename(file, '.json');
    const parsed = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as Record<
      string,
      Message
    >;
    translators.set(locale, translatorOf(locale, new Map(Object.entries(parsed))));
  }
  const english = translators.get('en');
  if (!english) throw new Error('locales/en.json is missing.');
  return {
    locales: [...translators.keys()],
    translator: (locale) => translators.get(locale) ?? english,
  };
}
