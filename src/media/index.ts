/** Pictures: upload, cleaning, storage, smaller copies, serving, and their admin pages. */
export { mediaAdminRoutes, type MediaAdminDeps } from './admin.routes.js';
export { createStorage } from './create-storage.js';
export { mediaFileRoutes } from './files.routes.js';
export { mediaJobs, type MediaJobDeps } from './jobs.js';
export { publicUrl } from './keys.js';
export { pictureOf, renderMedia, type Picture } from './pictures.js';
export { pictureColumns, type Media, type PictureRow } from './queries.js';
export { receivedFiles, receiveFiles } from './receiving.routes.js';
export { RefusedPictureError } from './refusals.js';
export {
  deleteMedia,
  MediaInUseError,
  storeImage,
  type ImageInput,
  type StoreDeps,
  type StoredImage,
} from './service.js';
export { MissingFileError, type Storage } from './storage.js';
export { discardFiles, storeUploads } from './uploading.js';
