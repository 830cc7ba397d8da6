import './app/withoutEval';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiError, basePath } from './api/client';
import { App } from './app/App';
import { takeTime } from './query';
import './app/fonts.css';
import './app/tokens.css';
import './app/base.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false, // the beat does that
      // Only what may pass by itself is tried again; a wrong query stays wrong.
      retry: (count, error) => count < 1 && error instanceof ApiError && error.status === 0,
    },
  },
});

/** After an update the files of an open window are gone: it loads the new ones, once. */
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('oriel.reloaded') ?? 0);
  if (Date.now() - last < 60_000) return; // that did not help: the page says what is missing
  sessionStorage.setItem('oriel.reloaded', String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

takeTime(new URLSearchParams(window.location.search)); // before any page asks for a range

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter basename={basePath().replace(/\/$/, '')}>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
