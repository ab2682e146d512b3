// All measurements, one after the other: npm run bench [-- startup verdict sandbox course cluster]
const known = ['startup', 'verdict', 'sandbox', 'course', 'cluster'];
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : known) {
  process.argv.length = 2;
  await import(`./${name}.ts`);
  console.log();
}
