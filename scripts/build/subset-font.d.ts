declare module 'subset-font' {
  type Axis = number | { min: number; max: number };
  /** Cuts a font down to the characters of `text` and to a part of its variation axes. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'woff2' | 'woff' | 'sfnt'; variationAxes?: Record<string, Axis> },
  ): Promise<Buffer>;
}
