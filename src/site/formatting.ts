/** How a date is written out. */
export type DateStyle = 'date' | 'long' | 'short' | 'month' | 'year' | 'datetime' | 'time';

const options: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
  datetime: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  },
  time: { hour: 'numeric', minute: '2-digit' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

// Plain English here is day before month, as in most of the world.
const regional = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** Writes dates in a language and a time zone (IANA). Making a format is slow, so each is made once. */
export function dateFormatter(
  locale: string,
  timeZone: string,
): (date: Date, style?: DateStyle) => string {
  return (date, style = 'date') => {
    const key = `${locale} ${timeZone} ${style}`;
    let format = formats.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(regional(locale), { ...options[style], timeZone });
      formats.set(key, format);
    }
    return format.format(date);
  };
}

const numbers = new Map<string, Intl.NumberFormat>();

/** Writes numbers in a language. */
export function numberFormatter(locale: string): (value: number) => string {
  let format = numbers.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale);
    numbers.set(locale, format);
  }
  return (value) => format.format(value);
}

/** Scripts written from right to left (ISO 15924). */
const RIGHT_TO_LEFT = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
]);

/** Direction of a language (BCP 47), by its script: `ar`, `he`, `fa`, `pa-Arab` run from right to left. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  try {
    const { script } = new Intl.Locale(language).maximize();
    return RIGHT_TO_LEFT.has(script ?? '') ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}

const languageNames = new Map<string, string>();

/** A language's own name for itself: `English`, `français`. */
export function nameOfLanguage(locale: string): string {
  let name = languageNames.get(locale);
  if (name === undefined) {
    name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
    languageNames.set(locale, name);
  }
  return name;
}
