// An app in the browser that signs its visitor in with the unmodified library. What the visitor's console could do, the test
// does with `haws`, the library, and `auth`, what getAuth() resolved to.
import * as haws from "home-assistant-js-websocket";

const query = new URLSearchParams(location.search);
const tell = (state) => (document.body.dataset.state = state);

window.haws = haws;
if (query.has("error")) {
  tell(query.get("error"));
} else if (query.has("hassUrl")) {
  window.auth = await haws.getAuth({
    hassUrl: query.get("hassUrl"),
    saveTokens: (tokens) => localStorage.setItem("tokens", JSON.stringify(tokens)),
    loadTokens: () => JSON.parse(localStorage.getItem("tokens")),
  });
  tell("signed-in");
} else {
  tell("here");
}
