export default function BoardPage() {
  return <p>Not built yet.</p>;
}
