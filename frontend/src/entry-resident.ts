import "../styles/resident.css";
import "./char-counter";
import "./file-chooser";
import "./file-picker";
import "./print-button";
import "./read-aloud";
import "./region-picker";
import "./send-once";
import "./use-position";
import "./without-files";
import { standAtFault } from "./first-fault";

standAtFault();
