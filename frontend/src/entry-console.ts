import "../styles/console.css";
import "./htmx";
import "./char-counter";
