export { refuseListBodies } from './bodies.js';
export { closeWhileDraining } from './draining.js';
export { refuseCrossSite } from './cross-site.js';
export { securityHeaders } from './headers.js';
export { clientAddress, networkOf } from './network.js';
export { requestLog } from './request-log.js';
export { createThrottle, removeExpiredRateLimits, type Limit, type Throttle } from './throttle.js';
export { refuseMalformedUrls, withoutTrailingSlash } from './urls.js';
