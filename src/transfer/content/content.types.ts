/** A picture that a text shows, as the file knows it. */
export interface ContentPicture {
  /** Address of the full picture: what stands in the text until the picture is here. */
  url: string;
  alt: string;
  caption: string;
}

/** Why something in a text did not come over as it was; each has a sentence in the catalogue. */
export type ContentReason =
  | 'dynamicBlock'
  | 'unknownShortcode'
  | 'emptyGallery'
  | 'script'
  | 'form'
  | 'embed'
  | 'pageBreak'
  | 'audioVideo'
  | 'tooDeep';

/** What converting one text needs to know of the site that it comes from. */
export interface ContentContext {
  /** The picture that an `<img>` shows, by its address or its attachment's id; undefined: none can be had. */
  picture(address: string, attachmentId?: string): ContentPicture | undefined;
  /** The picture that a link leads to, at its file or the page that WordPress made for it. */
  linkedPicture(address: string): ContentPicture | undefined;
  /** The pictures of a gallery: the ids in their order, or all attached to this post. */
  gallery(ids: readonly string[] | null): ContentPicture[];
  /** The address here of something that stood at `address`; the address itself where it is not known. */
  link(address: string): string;
  /** Told of what could not be kept; `detail` is a name, never a sentence. */
  warn(reason: ContentReason, detail: string): void;
}

/** A text as it is stored here. */
export interface ConvertedContent {
  /** Markdown; pictures that are still to come stand in it with their old address. */
  markdown: string;
  /** Every picture in the text, once. */
  pictures: ContentPicture[];
}
