import "../styles/console.css";
import "../styles/console-pages.css";
import "./htmx";
import "./char-counter";
import "./file-picker";
import "./photo-cover";
import "./print-button";
import "./desk-keys";
import "./row-keys";
import "./pick-rows";
import "./pass-key";
import "./pick-list";
import "./more-rows";
import "./reply-templates";
import "./use-position";
import "./without-files";
import { standAtFault } from "./first-fault";

standAtFault();
