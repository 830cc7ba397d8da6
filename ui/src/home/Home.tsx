export function Home() {
  return <p>Not built yet.</p>;
}
