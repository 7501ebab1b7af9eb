import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures stay files, so that a Content-Security-Policy without data: suffices.
    assetsInlineLimit: 0,
  },
  server: {
    // During development the API is served by `gongshi serve`.
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
});
