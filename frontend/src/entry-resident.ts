import "../styles/resident.css";
import "./char-counter";
import "./print-button";
import "./read-aloud";
import "./region-picker";
import "./send-once";
