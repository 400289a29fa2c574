/** The person behind a request, as far as pictures are concerned. */
export interface MediaViewer {
  id: number;
  role: 'reader' | 'author' | 'editor' | 'admin';
}

/** Editors and admins see and manage every picture. */
export function canManageAllMedia(viewer: MediaViewer): boolean {
  return viewer.role === 'editor' || viewer.role === 'admin';
}

/** Authors see and manage what they uploaded themselves. */
export function canManageMedia(viewer: MediaViewer, media: { uploaderId: number | null }): boolean {
  return canManageAllMedia(viewer) || (viewer.role === 'author' && media.uploaderId === viewer.id);
}

/** Whether the viewer may know of this post: their own, one that is public, or any for editors. */
export function canSeeUsingPost(
  viewer: MediaViewer,
  post: { authorId: number | null; status: string; publishedAt: Date | null },
  now: Date,
): boolean {
  if (canManageAllMedia(viewer) || post.authorId === viewer.id) return true;
  const shown = post.status === 'published' || post.status === 'scheduled';
  return shown && post.publishedAt !== null && post.publishedAt <= now;
}
