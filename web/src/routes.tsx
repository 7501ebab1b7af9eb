import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';

import { Broken } from './parts/Broken.tsx';
import { Opening, Shell } from './parts/Shell.tsx';

/** A page is fetched when it is first opened. */
const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default });

export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    HydrateFallback: Opening,
    ErrorBoundary: Broken,
    children: [
      {
        ErrorBoundary: Broken,
        children: [
          { index: true, lazy: page(() => import('./pages/OverviewPage.tsx')) },
          { path: 'notices', lazy: page(() => import('./pages/NoticesPage.tsx')) },
          { path: 'notices/:id', lazy: page(() => import('./pages/NoticePage.tsx')) },
          { path: 'projects', lazy: page(() => import('./pages/ProjectsPage.tsx')) },
          { path: 'suggestions', lazy: page(() => import('./pages/SuggestionsPage.tsx')) },
          { path: 'projects/:id', lazy: page(() => import('./pages/ProjectPage.tsx')) },
          { path: 'alerts', lazy: page(() => import('./pages/AlertsPage.tsx')) },
          { path: 'alerts/:key', lazy: page(() => import('./pages/AlertPage.tsx')) },
          { path: 'findings', lazy: page(() => import('./pages/FindingsPage.tsx')) },
          { path: 'leads', lazy: page(() => import('./pages/LeadsPage.tsx')) },
          { path: 'cases', lazy: page(() => import('./pages/CasesPage.tsx')) },
          { path: 'cases/:number', lazy: page(() => import('./pages/CasePage.tsx')) },
          { path: 'ledger', lazy: page(() => import('./pages/LedgerPage.tsx')) },
          { path: 'sources', lazy: page(() => import('./pages/SourcesPage.tsx')) },
          { path: 'calendar', lazy: page(() => import('./pages/CalendarPage.tsx')) },
          { path: 'rules', lazy: page(() => import('./pages/RulesPage.tsx')) },
          { path: '*', lazy: page(() => import('./pages/NotFoundPage.tsx')) },
        ],
      },
    ],
  },
]);
