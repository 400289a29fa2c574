import './admin/editor.js';
