import { enhanceBatches } from './admin/batch.js';

enhanceBatches();
