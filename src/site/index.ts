export { movedAddresses, siteFrame } from './frame.js';
