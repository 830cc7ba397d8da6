export default function TargetsPage() {
  return <p>Not built yet.</p>;
}
