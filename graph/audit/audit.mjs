// Runs every GraphQL-over-HTTP audit against the server at the first argument and prints one line of JSON for each:
// its id, what it demands, and why it failed, if it did.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
for (const audit of serverAudits({ url })) {
  const { status, reason } = await audit.fn();
  console.log(JSON.stringify({ id: audit.id, name: audit.name, failure: status === "ok" ? "" : `${status}: ${reason}` }));
}
