export { loadAssets, type Assets } from './load.js';
export { serveAssets } from './serve.js';
export { compressPages } from './compress.js';
