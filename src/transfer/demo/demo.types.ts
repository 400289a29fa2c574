/** Somebody of the demonstration. */
export interface DemoPerson {
  key: string;
  username: string;
  displayName: string;
  bio: string;
}

/** A comment of the demonstration; `reply` are answers to it. */
export interface DemoComment {
  name: string;
  body: string;
  /** Hours after the post (or after the comment that it answers). */
  after: number;
  /** Key of the person who wrote it, where they have an account. */
  person?: string;
  pending?: boolean;
  replies?: DemoComment[];
}

/** A post or page of the demonstration. `{{picture:key}}` in the text is the id of a drawn picture. */
export interface DemoPost {
  key: string;
  kind?: 'page';
  title: string;
  slug: string;
  language: string;
  author: string;
  category?: string;
  tags: string[];
  cover?: string;
  excerpt?: string;
  /** Days before now; negative is after now (scheduled); null is a draft. */
  daysAgo: number | null;
  sticky?: boolean;
  body: string;
  comments?: DemoComment[];
}
