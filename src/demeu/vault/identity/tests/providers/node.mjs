// node node.mjs PORT REDIRECT_URI: npm's oidc-provider with one client and one person; prints "up" when it answers.
import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const person = { sub: "u-1", iin: "900101200010", family_name: "АХМЕТОВА", given_name: "АЙГҮЛ", middle_name: "СЕРІКҚЫЗЫ" };
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "demeu", client_secret: "a-secret-of-the-test-that-is-long", redirect_uris: [redirect] }],
  claims: { openid: ["sub", "iin", "family_name", "given_name", "middle_name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("up"));
