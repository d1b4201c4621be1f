import "../styles/console.css";
import "../styles/console-pages.css";
import "./htmx";
import "./char-counter";
import "./print-button";
import "./desk-keys";
import "./row-keys";
import "./pick-list";
