import type { Role } from '#src/users/index.js';

/** A line of the navigation at the side. */
export interface NavigationItem {
  href: string;
  /** Key of the catalogue. */
  label: string;
  /** The page shown is this one, or lies under it. */
  current: boolean;
}

const pages: readonly { href: string; label: string; role: Role }[] = [
  { href: '/admin', label: 'admin.nav.today', role: 'author' },
  { href: '/admin/posts', label: 'admin.nav.posts', role: 'author' },
  { href: '/admin/pages', label: 'admin.nav.pages', role: 'editor' },
  { href: '/admin/media', label: 'admin.nav.media', role: 'author' },
  { href: '/admin/categories', label: 'admin.nav.categories', role: 'editor' },
  { href: '/admin/tags', label: 'admin.nav.tags', role: 'editor' },
  { href: '/admin/menu', label: 'admin.nav.menu', role: 'admin' },
  { href: '/admin/import', label: 'admin.nav.import', role: 'admin' },
  { href: '/admin/jobs', label: 'admin.nav.jobs', role: 'admin' },
  { href: '/admin/settings', label: 'admin.nav.settings', role: 'admin' },
];

/** The pages of the admin that someone may open, `hasRole` saying what they may do. */
export function navigationFor(path: string, hasRole: (role: Role) => boolean): NavigationItem[] {
  return pages
    .filter((page) => hasRole(page.role))
    .map(({ href, label }) => ({
      href,
      label,
      current: path === href || (href !== '/admin' && path.startsWith(`${href}/`)),
    }));
}
