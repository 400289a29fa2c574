import type { RequestHandler } from 'express';
import helmet from 'helmet';

const permissions = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Players that a reader may put in the place of a video's link by a click (markdown/embeds.ts). */
const players = [
  'https://www.youtube-nocookie.com',
  'https://player.vimeo.com',
  'https://www.dailymotion.com',
];

/**
 * The policies of every answer: no inline script or style, nothing from elsewhere, no frames around
 * us. What only makes sense over https is said only there. `Referrer-Policy: same-origin`, because
 * `no-referrer` turns the Origin of our own forms into `null` on plain HTTP.
 */
export function securityHeaders(config: { https: boolean }): RequestHandler[] {
  const policies = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // The icon of every page is a data: address, so that it costs no request.
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: players,
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(config.https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: config.https
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    originAgentCluster: config.https,
    xFrameOptions: { action: 'deny' },
    xXssProtection: false,
  });
  const permit: RequestHandler = (_req, res, next) => {
    res.set('Permissions-Policy', permissions);
    next();
  };
  return [policies as RequestHandler, permit];
}
