declare module 'markdown-it-footnote' {
  import type { MarkdownIt } from 'markdown-it';

  function footnotePlugin(parser: MarkdownIt): void;
  export { footnotePlugin as default };
}
