// All measurements, one after the other: npm run bench [-- startup verdict]
const known = ['startup', 'verdict'];
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : known) {
  process.argv.length = 2;
  await import(`./${name}.ts`);
  console.log();
}
