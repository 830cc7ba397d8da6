export default function ListPage() {
  return <p>Not built yet.</p>;
}
