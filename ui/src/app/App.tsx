import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { Home } from '../home/Home';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

const DashboardList = lazy(() => import('../dashboards/ListPage'));
const Dashboard = lazy(() => import('../dashboards/BoardPage'));
const Explore = lazy(() => import('../explore/ExplorePage'));
const Targets = lazy(() => import('../targets/TargetsPage'));
const Series = lazy(() => import('../series/SeriesPage'));
const Settings = lazy(() => import('../settings/SettingsPage'));

/** What opens first: the machine itself, until there is more than one machine to speak of. */
const FRONT = '/d/oriel-server-health';

/** The pages by address. Home travels with the shell, each other page when it is opened. */
export function App() {
  return (
    <Shell>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<Navigate to={FRONT} replace />} />
          <Route path="/home" element={<Home />} />
          <Route path="/dashboards" element={<DashboardList />} />
          <Route path="/d/:uid/:slug?" element={<Dashboard />} />
          <Route path="/explore" element={<Explore />} />
          <Route path="/targets" element={<Targets />} />
          <Route path="/series" element={<Series />} />
          <Route path="/settings" element={<Settings />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
