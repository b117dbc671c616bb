import "./platform/index.css";
import htmx from "htmx.org";
import { startDatasets } from "./dataset/index";
import { startDialogs } from "./platform/dialogs";
import { startDrafts } from "./platform/drafts";
import { startForms } from "./platform/forms";
import { startKeys } from "./platform/keys";
import { startMenus } from "./platform/menus";
import { startPageSearch } from "./platform/page-search";
import { startRunningWork } from "./platform/running-work";
import { startTheme } from "./platform/theme";
import { startTimes } from "./platform/times";
import { startToasts } from "./platform/toasts";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;

startTheme();
startMenus();
startDialogs();
startKeys();
startForms();
startDrafts();
startTimes();
startToasts();
startPageSearch();
startRunningWork();
startDatasets();
