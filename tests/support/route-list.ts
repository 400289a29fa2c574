import type { Express } from 'express';

/** A route as it is mounted: one method, one path pattern. */
export interface MountedRoute {
  method: string;
  path: string;
}

interface Layer {
  rawPath?: unknown;
  slash?: boolean;
  route?: { path: unknown; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

const asText = (path: unknown): string => {
  if (typeof path === 'string') return path;
  if (path instanceof RegExp) return path.source;
  throw new Error(`A route has a path that the list of routes cannot read: ${String(path)}`);
};

function routesIn(stack: Layer[], prefix: string): MountedRoute[] {
  return stack.flatMap((layer) => {
    if (layer.route) {
      const { path, methods } = layer.route;
      const paths = (Array.isArray(path) ? path : [path]).map((one) => prefix + asText(one));
      const named = Object.keys(methods).map((method) => method.toUpperCase());
      const wanted = named.includes('_ALL')
        ? ['GET', 'POST']
        : named.filter((name) => name !== 'HEAD');
      return paths.flatMap((one) => wanted.map((method) => ({ method, path: one })));
    }
    if (!layer.handle?.stack) return [];
    const below = layer.slash ? prefix : prefix + asText(layer.rawPath);
    return routesIn(layer.handle.stack, below);
  });
}

/** Every route of the application, in the order in which a request meets them, each once. */
export function routesOf(app: Express): MountedRoute[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  const seen = new Map(
    routesIn(stack, '').map((route) => [`${route.method} ${route.path}`, route] as const),
  );
  return [...seen.values()];
}

/** Puts values into the parameters of a path pattern: `:name` and `*name`. */
export function fillPath(path: string, valueOf: (name: string) => string): string {
  return path.replace(/[:*](\w+)/g, (_whole, name: string) => encodeURIComponent(valueOf(name)));
}
