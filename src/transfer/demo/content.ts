import { longPost } from './texts/long.js';
import { englishPosts } from './texts/english.js';
import { otherPosts } from './texts/other-languages.js';
import type { DemoPost } from './demo.types.js';

/** Every post and page of the demonstration. */
export const demoPosts: readonly DemoPost[] = [...englishPosts, ...otherPosts, longPost];
