export default function ExplorePage() {
  return <p>Not built yet.</p>;
}
