// Pages state times in UTC, and say so, for no server knows the visitor's clock. Their browser does: it says them by that,
// with UTC left in the title. Without scripts what the server wrote stands.
const language = document.documentElement.lang;
const reader = navigator.languages.find((one) => one.split("-")[0] === language) ?? language;
const manners = {
  day: { dateStyle: "long" },
  clock: { timeStyle: "short" },
  moment: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

function tell() {
  for (const time of document.querySelectorAll("time[data-as]")) {
    time.title = time.textContent;
    time.textContent = new Intl.DateTimeFormat(reader, manners[time.dataset.as]).format(new Date(time.dateTime));
  }
}

tell();
new MutationObserver(tell).observe(document.getElementById("main"), { childList: true }); // watch.js brings in what is new
