<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AdaptedSwitch</name>
        <message>
            <source>Adapted</source>
            <translation>Angepasst</translation>
        </message>
        <message>
            <source>Exports and reports keep the bundle's own scores.</source>
            <translation>Exporte und Berichte behalten die eigenen Werte des Modellpakets.</translation>
        </message>
        <message>
            <source>Flags from scores adapted to this recording</source>
            <translation>Markierungen aus Werten, die an diese Aufnahme angepasst sind</translation>
        </message>
        <message>
            <source>Your verdicts on this recording can adapt its scores to it.</source>
            <translation>Ihre Urteile zu dieser Aufnahme können ihre Werte an sie anpassen.</translation>
        </message>
    </context>
    <context>
        <name>Adapting</name>
        <message numerus="yes">
            <source>Adapted to this recording by %n verdicts of yours; {share} % sure to do better on later ones.</source>
            <translation>
                <numerusform>Durch %n Urteil von Ihnen an diese Aufnahme angepasst; zu {share} % sicher besser bei späteren.</numerusform>
                <numerusform>Durch %n Urteile von Ihnen an diese Aufnahme angepasst; zu {share} % sicher besser bei späteren.</numerusform>
            </translation>
        </message>
        <message>
            <source>Adapting to your verdicts…</source>
            <translation>Wird an Ihre Urteile angepasst…</translation>
        </message>
        <message numerus="yes">
            <source>Average precision on %n later verdicts: {adapted} instead of {base}.</source>
            <translation>
                <numerusform>Mittlere Genauigkeit bei %n späteren Urteil: {adapted} statt {base}.</numerusform>
                <numerusform>Mittlere Genauigkeit bei %n späteren Urteilen: {adapted} statt {base}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Average precision on the last verdicts, by how many before them taught: {steps}. Gain per verdict: {gain}.</source>
            <translation>Mittlere Genauigkeit bei den letzten Urteilen, je nachdem, wie viele davor gelehrt haben: {steps}. Gewinn je Urteil: {gain}.</translation>
        </message>
        <message>
            <source>Not offered: on later verdicts adapted scores are only {share} % sure to do better than the bundle alone.</source>
            <translation>Nicht angeboten: Bei späteren Urteilen sind angepasste Werte nur zu {share} % sicher besser als das Modellpaket allein.</translation>
        </message>
        <message>
            <source>Too few verdicts to test adapted scores: {spasms} more of spasms and {others} of what is none are needed.</source>
            <translation>Zu wenige Urteile, um angepasste Werte zu prüfen: Es fehlen noch {spasms} zu Spasmen und {others} zu dem, was keiner ist.</translation>
        </message>
        <message>
            <source>Verdicts of both kinds are needed early and late in the recording: the later ones test adapted scores.</source>
            <translation>Früh und spät in der Aufnahme braucht es Urteile beider Arten: Die späteren prüfen die angepassten Werte.</translation>
        </message>
        <message>
            <source>after {verdicts}: {precision}</source>
            <translation>nach {verdicts}: {precision}</translation>
        </message>
    </context>
    <context>
        <name>Audit</name>
        <message>
            <source>Sampled stretches looked at: {stretches} ({duration}). Spasms that you named in them: 0. Up to {high} an hour of unflagged time, or {all_high} in the {hours} that were not flagged, can still not be ruled out. {level} interval, as if spasms came one by one; where they come in clusters it is wider.</source>
            <translation>Gesichtete ausgeloste Abschnitte: {stretches} ({duration}). Darin von Ihnen benannte Spasmen: 0. Bis zu {high} pro Stunde nicht markierter Zeit, oder {all_high} in den {hours}, die nicht markiert wurden, lassen sich dennoch nicht ausschließen. {level}-Intervall, als kämen Spasmen einzeln; wo sie in Clustern kommen, ist es weiter.</translation>
        </message>
        <message>
            <source>Sampled stretches looked at: {stretches} ({duration}). Spasms that you named in them: {spasms}. That is about {rate} ({low}–{high}) an hour of unflagged time, or {all} ({all_low}–{all_high}) in the {hours} that were not flagged. {level} interval, as if spasms came one by one; where they come in clusters it is wider.</source>
            <translation>Gesichtete ausgeloste Abschnitte: {stretches} ({duration}). Darin von Ihnen benannte Spasmen: {spasms}. Das sind etwa {rate} ({low}–{high}) pro Stunde nicht markierter Zeit, oder {all} ({all_low}–{all_high}) in den {hours}, die nicht markiert wurden. {level}-Intervall, als kämen Spasmen einzeln; wo sie in Clustern kommen, ist es weiter.</translation>
        </message>
        <message>
            <source>Stretches drawn by lot from what was not flagged. After about {count} of them what you name in them tells how much may have been missed.</source>
            <translation>Abschnitte, ausgelost aus dem, was nicht markiert wurde. Nach etwa {count} davon sagt das, was Sie darin benennen, wie viel verpasst sein kann.</translation>
        </message>
        <message>
            <source>{duration} of video were not scanned or cannot be read; nothing is known of them.</source>
            <translation>{duration} Video wurden nicht durchsucht oder sind nicht lesbar; über sie ist nichts bekannt.</translation>
        </message>
    </context>
    <context>
        <name>BundlesView</name>
        <message>
            <source>&amp;Compare</source>
            <translation>&amp;Vergleichen</translation>
        </message>
        <message>
            <source>&amp;Keep the current one</source>
            <translation>&amp;Beim jetzigen bleiben</translation>
        </message>
        <message>
            <source>&amp;Promote</source>
            <translation>&amp;Übernehmen</translation>
        </message>
        <message>
            <source>&amp;Roll back</source>
            <translation>&amp;Zurückgehen</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>95-%-Intervall</translation>
        </message>
        <message>
            <source>All promotions were taken back; the bundle scans that did before the first one.</source>
            <translation>Alle Übernahmen sind zurückgenommen; es durchsucht das Modellpaket, das vor der ersten an der Reihe war.</translation>
        </message>
        <message>
            <source>Bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Bundles</source>
            <translation>Modellpakete</translation>
        </message>
        <message>
            <source>Bundles of this computer</source>
            <translation>Modellpakete dieses Rechners</translation>
        </message>
        <message>
            <source>Candidate</source>
            <translation>Kandidat</translation>
        </message>
        <message>
            <source>Card of the chosen bundle</source>
            <translation>Beschreibung des gewählten Modellpakets</translation>
        </message>
        <message>
            <source>Compare the chosen bundle with the current one on held-out patients.</source>
            <translation>Das gewählte Modellpaket mit dem jetzigen an zurückgehaltenen Patienten vergleichen.</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Current</source>
            <translation>Jetziges</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <source>Let the bundle scan again that did before.</source>
            <translation>Wieder mit dem Modellpaket durchsuchen, das vorher an der Reihe war.</translation>
        </message>
        <message>
            <source>Let the candidate scan from now on.</source>
            <translation>Von jetzt an mit dem Kandidaten durchsuchen.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Maß</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <source>Note that the candidate was not taken.</source>
            <translation>Festhalten, dass der Kandidat nicht übernommen wurde.</translation>
        </message>
        <message>
            <source>Nothing was promoted in this library; the bundle of the settings scans.</source>
            <translation>In dieser Bibliothek wurde nichts übernommen; es durchsucht das Modellpaket der Einstellungen.</translation>
        </message>
        <message>
            <source>Patients</source>
            <translation>Patienten</translation>
        </message>
        <message>
            <source>Promote</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Stand</translation>
        </message>
        <message>
            <source>The current bundle is not on this computer.</source>
            <translation>Das jetzige Modellpaket ist nicht auf diesem Rechner.</translation>
        </message>
        <message>
            <source>What the comparison says</source>
            <translation>Was der Vergleich sagt</translation>
        </message>
        <message>
            <source>What was promoted so far</source>
            <translation>Was bisher übernommen wurde</translation>
        </message>
        <message>
            <source>current</source>
            <translation>jetziges</translation>
        </message>
        <message>
            <source>current for one patient</source>
            <translation>jetziges für einen Patienten</translation>
        </message>
        <message>
            <source>current, by the settings</source>
            <translation>jetziges, laut Einstellungen</translation>
        </message>
        <message>
            <source>not calibrated</source>
            <translation>nicht kalibriert</translation>
        </message>
        <message>
            <source>{candidate} against {current} on {hours} h of held-out patients: {advice}</source>
            <translation>{candidate} gegen {current} an {hours} h zurückgehaltener Patienten: {advice}</translation>
        </message>
        <message>
            <source>{candidate} shall scan from now on instead of {current}?

{advice}</source>
            <translation>Soll {candidate} von jetzt an statt {current} durchsuchen?

{advice}</translation>
        </message>
        <message>
            <source>{name} is current for one patient since {when}; before: {before}.</source>
            <translation>{name} ist seit {when} das jetzige für einen Patienten; davor: {before}.</translation>
        </message>
        <message>
            <source>{name} is current since {when}; before: {before}.</source>
            <translation>{name} ist seit {when} das jetzige; davor: {before}.</translation>
        </message>
    </context>
    <context>
        <name>Closing</name>
        <message>
            <source>&amp;Keep scanning</source>
            <translation>&amp;Weiter durchsuchen</translation>
        </message>
        <message>
            <source>&amp;Keep training</source>
            <translation>&amp;Weiter trainieren</translation>
        </message>
        <message>
            <source>&amp;Stop and close</source>
            <translation>&amp;Anhalten und schließen</translation>
        </message>
        <message>
            <source>A scan is running</source>
            <translation>Es wird gerade durchsucht</translation>
        </message>
        <message>
            <source>A training is running</source>
            <translation>Ein Training läuft</translation>
        </message>
        <message>
            <source>Stop the scan and close?</source>
            <translation>Durchsuchen anhalten und schließen?</translation>
        </message>
        <message>
            <source>Stop the training and close?</source>
            <translation>Training anhalten und schließen?</translation>
        </message>
        <message numerus="yes">
            <source>What is scanned is kept and goes on next time. Scans left: %n.</source>
            <translation>
                <numerusform>Was durchsucht ist, bleibt erhalten; beim nächsten Mal geht es weiter. Noch übrig: %n Aufnahme.</numerusform>
                <numerusform>Was durchsucht ist, bleibt erhalten; beim nächsten Mal geht es weiter. Noch übrig: %n Aufnahmen.</numerusform>
            </translation>
        </message>
        <message>
            <source>What was learned is kept; the same training, started again, goes on from there.</source>
            <translation>Was gelernt ist, bleibt erhalten; dasselbe Training, neu gestartet, geht von dort weiter.</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Give a verdict first; then say what it looked like.</source>
            <translation>Geben Sie zuerst ein Urteil ab; sagen Sie dann, wie es aussah.</translation>
        </message>
        <message>
            <source>Scores adapted to this recording are not offered yet.</source>
            <translation>An diese Aufnahme angepasste Werte werden noch nicht angeboten.</translation>
        </message>
    </context>
    <context>
        <name>Crash</name>
        <message>
            <source>Something went wrong that nobody foresaw. What was shown as saved is saved. A report without names is in {path}.</source>
            <translation>Etwas Unvorhergesehenes ist schiefgegangen. Was als gespeichert angezeigt wurde, ist gespeichert. Ein Bericht ohne Namen liegt in {path}.</translation>
        </message>
        <message>
            <source>Something went wrong that nobody foresaw. What was shown as saved is saved. No report could be written.</source>
            <translation>Etwas Unvorhergesehenes ist schiefgegangen. Was als gespeichert angezeigt wurde, ist gespeichert. Ein Bericht konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The program ended unexpectedly last time. What was shown as saved is saved. A report without names is in {path}.</source>
            <translation>Das Programm endete beim letzten Mal unerwartet. Was als gespeichert angezeigt wurde, ist gespeichert. Ein Bericht ohne Namen liegt in {path}.</translation>
        </message>
    </context>
    <context>
        <name>Curves</name>
        <message>
            <source>AUC on validation patients</source>
            <translation>AUC an Validierungspatienten</translation>
        </message>
        <message>
            <source>Curves of the training</source>
            <translation>Kurven des Trainings</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>Schritte</translation>
        </message>
    </context>
    <context>
        <name>Detail</name>
        <message>
            <source>Select a statement of yours first; then its edges can be moved.</source>
            <translation>Wählen Sie zuerst eine eigene Aussage; dann lassen sich ihre Ränder verschieben.</translation>
        </message>
    </context>
    <context>
        <name>DetailView</name>
        <message>
            <source>Detail of the timeline</source>
            <translation>Ausschnitt der Zeitleiste</translation>
        </message>
        <message>
            <source>Flags</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>Shows {start} to {stop}</source>
            <translation>Zeigt {start} bis {stop}</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Sie</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
    </context>
    <context>
        <name>EventFilter</name>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Anybody</source>
            <translation>Alle Personen</translation>
        </message>
        <message>
            <source>By cluster</source>
            <translation>Nach Cluster</translation>
        </message>
        <message>
            <source>By what the list is sorted; a click on a column's head does the same.</source>
            <translation>Wonach die Liste sortiert ist; ein Klick auf den Kopf einer Spalte tut dasselbe.</translation>
        </message>
        <message>
            <source>Highest score first</source>
            <translation>Höchster Wert zuerst</translation>
        </message>
        <message>
            <source>In order of time</source>
            <translation>Nach der Zeit</translation>
        </message>
        <message>
            <source>Lists only what has a note with these words.</source>
            <translation>Zeigt nur, was eine Notiz mit diesen Wörtern hat.</translation>
        </message>
        <message>
            <source>Lists only what this rater spoke of.</source>
            <translation>Zeigt nur, wozu diese Person etwas gesagt hat.</translation>
        </message>
        <message>
            <source>Most uncertain first</source>
            <translation>Unsicherste zuerst</translation>
        </message>
        <message>
            <source>Named by a person only</source>
            <translation>Nur von Menschen benannt</translation>
        </message>
        <message>
            <source>Sorted by</source>
            <translation>Sortiert nach</translation>
        </message>
        <message>
            <source>Which are listed</source>
            <translation>Was gezeigt wird</translation>
        </message>
        <message>
            <source>Which flags and intervals are listed.</source>
            <translation>Welche Markierungen und Abschnitte gezeigt werden.</translation>
        </message>
        <message>
            <source>Who spoke of them</source>
            <translation>Wer etwas dazu gesagt hat</translation>
        </message>
        <message>
            <source>Without my verdict</source>
            <translation>Ohne mein Urteil</translation>
        </message>
        <message>
            <source>Words in notes</source>
            <translation>Wörter in Notizen</translation>
        </message>
    </context>
    <context>
        <name>EventList</name>
        <message>
            <source>Left by cluster</source>
            <translation>Noch offen je Cluster</translation>
        </message>
        <message>
            <source>Left to review</source>
            <translation>Noch zu sichten</translation>
        </message>
    </context>
    <context>
        <name>EventModel</name>
        <message>
            <source>Cluster</source>
            <translation>Cluster</translation>
        </message>
        <message>
            <source>How far the score lies over the operating point; little means uncertain.</source>
            <translation>Wie weit der Wert über dem Arbeitspunkt liegt; wenig heißt unsicher.</translation>
        </message>
        <message>
            <source>Margin</source>
            <translation>Abstand</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Number of the model's cluster, in order of time.</source>
            <translation>Nummer des Clusters, den das Modell sieht, nach der Zeit.</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Andere</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>The curve's height at the flag, from 0 to 1; no probability of a spasm.</source>
            <translation>Höhe der Kurve an der Markierung, von 0 bis 1; keine Wahrscheinlichkeit für einen Spasmus.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>What other raters call it.</source>
            <translation>Wie andere es nennen.</translation>
        </message>
        <message>
            <source>{rater}: {label}</source>
            <translation>{rater}: {label}</translation>
        </message>
        <message>
            <source>{sign} open</source>
            <translation>{sign} offen</translation>
        </message>
        <message>
            <source>{verdict}: {looks}</source>
            <translation>{verdict}: {looks}</translation>
        </message>
    </context>
    <context>
        <name>EventTable</name>
        <message>
            <source>Enter or a double click plays; verdict keys judge everything that is selected.</source>
            <translation>Eingabe oder Doppelklick spielt ab; Urteilstasten gelten für alles Ausgewählte.</translation>
        </message>
        <message>
            <source>Flags and intervals</source>
            <translation>Markierungen und Abschnitte</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>Nothing written</source>
            <translation>Nichts geschrieben</translation>
        </message>
        <message>
            <source>Open a recording first.</source>
            <translation>Öffnen Sie zuerst eine Aufnahme.</translation>
        </message>
        <message>
            <source>Written to {folder}.</source>
            <translation>Geschrieben nach {folder}.</translation>
        </message>
    </context>
    <context>
        <name>FirstRunPage</name>
        <message>
            <source>Another folder…</source>
            <translation>Anderer Ordner…</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Choose files to open.</source>
            <translation>Dateien zum Öffnen wählen.</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Every label carries the name of the person who gave it, so that several can review in one library without overwriting each other. Initials are enough. The name stays in the library.</source>
            <translation>Jedes Label trägt den Namen der Person, die es vergeben hat. So können mehrere in einer Bibliothek sichten, ohne einander zu überschreiben. Initialen genügen. Der Name bleibt in der Bibliothek.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Erste Schritte</translation>
        </message>
        <message>
            <source>Folder of the library</source>
            <translation>Ordner der Bibliothek</translation>
        </message>
        <message>
            <source>If this computer breaks, only the recovery key opens a copy of the library. Write it down and keep it away from the computer.</source>
            <translation>Wenn dieser Rechner ausfällt, öffnet nur der Wiederherstellungsschlüssel eine Kopie der Bibliothek. Schreiben Sie ihn auf, und bewahren Sie ihn nicht beim Rechner auf.</translation>
        </message>
        <message>
            <source>Keep the library elsewhere.</source>
            <translation>Die Bibliothek anderswo ablegen.</translation>
        </message>
        <message>
            <source>Labels and scores lie in an encrypted library on this computer. Recordings stay where they are and are never changed. Nothing is sent anywhere.</source>
            <translation>Labels und Werte liegen in einer verschlüsselten Bibliothek auf diesem Rechner. Aufnahmen bleiben, wo sie sind, und werden nie verändert. Nichts wird irgendwohin gesendet.</translation>
        </message>
        <message>
            <source>Makes and opens a synthetic recording.</source>
            <translation>Stellt eine künstliche Aufnahme her und öffnet sie.</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Open my recordings…</source>
            <translation>Eigene Aufnahmen öffnen…</translation>
        </message>
        <message>
            <source>Recovery key</source>
            <translation>Wiederherstellungsschlüssel</translation>
        </message>
        <message>
            <source>Show the recovery key</source>
            <translation>Wiederherstellungsschlüssel zeigen</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Überspringen</translation>
        </message>
        <message>
            <source>Step {step} of {steps}</source>
            <translation>Schritt {step} von {steps}</translation>
        </message>
        <message>
            <source>Straight to the program; all of this can wait.</source>
            <translation>Direkt ins Programm; all das kann warten.</translation>
        </message>
        <message>
            <source>The demo is a synthetic recording with known spasms, made on this computer within minutes. Use it to learn the keys; ? shows them all. Or open recordings of your own: files and folders can also be dropped on the window.</source>
            <translation>Die Demo ist eine künstliche Aufnahme mit bekannten Spasmen, die dieser Rechner in wenigen Minuten herstellt. Üben Sie daran die Tasten; ? zeigt sie alle. Oder öffnen Sie eigene Aufnahmen: Dateien und Ordner lassen sich auch auf das Fenster ziehen.</translation>
        </message>
        <message>
            <source>To be written down.</source>
            <translation>Zum Aufschreiben.</translation>
        </message>
        <message>
            <source>To the next step.</source>
            <translation>Zum nächsten Schritt.</translation>
        </message>
        <message>
            <source>To the step before.</source>
            <translation>Zum Schritt davor.</translation>
        </message>
        <message>
            <source>Try the demo recording</source>
            <translation>Demo-Aufnahme ausprobieren</translation>
        </message>
        <message>
            <source>What do you want to see first?</source>
            <translation>Was möchten Sie zuerst sehen?</translation>
        </message>
        <message>
            <source>Where do the labels lie?</source>
            <translation>Wo liegen die Labels?</translation>
        </message>
        <message>
            <source>Who are you?</source>
            <translation>Wer sind Sie?</translation>
        </message>
    </context>
    <context>
        <name>FrameStrip</name>
        <message>
            <source>Pictures of the window</source>
            <translation>Bilder des Fensters</translation>
        </message>
        <message>
            <source>The score falls most without picture {number} of {count}.</source>
            <translation>Der Wert sinkt am meisten ohne Bild {number} von {count}.</translation>
        </message>
    </context>
    <context>
        <name>GapReview</name>
        <message>
            <source>Again</source>
            <translation>Nochmals</translation>
        </message>
        <message>
            <source>Blind: what was flagged is hidden, so what was not is hidden, too.</source>
            <translation>Blind: Was markiert wurde, ist verborgen, also auch, was nicht markiert wurde.</translation>
        </message>
        <message>
            <source>Go on by itself at the end of a stretch</source>
            <translation>Am Ende eines Abschnitts von selbst weitergehen</translation>
        </message>
        <message>
            <source>Highest scores first</source>
            <translation>Höchste Werte zuerst</translation>
        </message>
        <message>
            <source>Names a spasm at the playhead. Verdict keys name what is there, too.</source>
            <translation>Benennt einen Spasmus an der Abspielposition. Auch Urteilstasten benennen, was dort ist.</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Not flagged</source>
            <translation>Nicht markiert</translation>
        </message>
        <message>
            <source>Nothing further is left to play here.</source>
            <translation>Hier ist nichts weiter abzuspielen.</translation>
        </message>
        <message>
            <source>Nothing is scanned yet, so nothing can be missed or flagged.</source>
            <translation>Noch ist nichts durchsucht; also kann nichts verpasst oder markiert sein.</translation>
        </message>
        <message>
            <source>Now: {where}</source>
            <translation>Jetzt: {where}</translation>
        </message>
        <message>
            <source>Now: {where}, highest score {score}</source>
            <translation>Jetzt: {where}, höchster Wert {score}</translation>
        </message>
        <message>
            <source>Plays stretches drawn by lot. What you find in them tells how much may have been missed.</source>
            <translation>Spielt ausgeloste Abschnitte. Was Sie darin finden, sagt, wie viel verpasst sein kann.</translation>
        </message>
        <message>
            <source>Plays the next stretch when one was played to its end.</source>
            <translation>Spielt den nächsten Abschnitt, wenn einer zu Ende ist.</translation>
        </message>
        <message>
            <source>Plays the next stretch.</source>
            <translation>Spielt den nächsten Abschnitt.</translation>
        </message>
        <message>
            <source>Plays the stretch before again.</source>
            <translation>Spielt den vorigen Abschnitt nochmals.</translation>
        </message>
        <message>
            <source>Plays this stretch from its beginning.</source>
            <translation>Spielt diesen Abschnitt von Anfang an.</translation>
        </message>
        <message>
            <source>Plays what was not flagged where the model was nearest to flagging it.</source>
            <translation>Spielt, was nicht markiert wurde, dort, wo das Modell am ehesten markiert hätte.</translation>
        </message>
        <message>
            <source>Press Next to play the first stretch.</source>
            <translation>„Weiter“ spielt den ersten Abschnitt.</translation>
        </message>
        <message>
            <source>Previous</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Random sample</source>
            <translation>Zufallsstichprobe</translation>
        </message>
        <message>
            <source>Scored and not flagged: {all}. Not looked at yet: {unseen}.</source>
            <translation>Bewertet und nicht markiert: {all}. Noch nicht gesichtet: {unseen}.</translation>
        </message>
        <message>
            <source>Spasm here</source>
            <translation>Hier ein Spasmus</translation>
        </message>
    </context>
    <context>
        <name>GoTo</name>
        <message>
            <source>That is behind the end: this recording lasts {length}.</source>
            <translation>Das liegt hinter dem Ende: Diese Aufnahme dauert {length}.</translation>
        </message>
        <message>
            <source>That time is not in this recording: it goes from {first} to {last}.</source>
            <translation>Diese Zeit liegt nicht in dieser Aufnahme: Sie geht von {first} bis {last}.</translation>
        </message>
        <message>
            <source>Type a time, such as 02:14:07, +90 or 1h20m.</source>
            <translation>Geben Sie eine Zeit ein, etwa 02:14:07, +90 oder 1h20m.</translation>
        </message>
        <message>
            <source>{time} did not exist that day: the clocks were put forward.</source>
            <translation>{time} gab es an diesem Tag nicht: Die Uhren wurden vorgestellt.</translation>
        </message>
        <message>
            <source>“{text}” is not a time. Write 02:14:07, 2:14 pm, +90 for 90 seconds on, or 1h20m after the start.</source>
            <translation>„{text}“ ist keine Zeit. Schreiben Sie 02:14:07, 2:14 pm, +90 für 90 Sekunden weiter oder 1h20m nach dem Beginn.</translation>
        </message>
        <message>
            <source>“{text}” is not a time. Write 1:20:00, 3600s, 1h20m, or +90 for 90 seconds on.</source>
            <translation>„{text}“ ist keine Zeit. Schreiben Sie 1:20:00, 3600s, 1h20m oder +90 für 90 Sekunden weiter.</translation>
        </message>
    </context>
    <context>
        <name>GoToBox</name>
        <message>
            <source>Go to 02:14:07</source>
            <translation>Gehe zu 02:14:07</translation>
        </message>
        <message>
            <source>Go to 1:20:00</source>
            <translation>Gehe zu 1:20:00</translation>
        </message>
        <message>
            <source>Go to a time</source>
            <translation>Zu einer Zeit springen</translation>
        </message>
        <message>
            <source>Go to a time: 02:14:07, 2:14 pm, 02:14 Sun, +90 (seconds on), 1h20m (from the start)</source>
            <translation>Zu einer Zeit springen: 02:14:07, 2:14 pm, 02:14 Sun, +90 (Sekunden weiter), 1h20m (ab Beginn)</translation>
        </message>
        <message>
            <source>Go to a time: 1:20:00, 3600s, 1h20m, +90 (seconds on), -5m (back)</source>
            <translation>Zu einer Zeit springen: 1:20:00, 3600s, 1h20m, +90 (Sekunden weiter), -5m (zurück)</translation>
        </message>
    </context>
    <context>
        <name>History</name>
        <message>
            <source>finalised {interval}</source>
            <translation>{interval} abgeschlossen</translation>
        </message>
        <message>
            <source>looks no longer said</source>
            <translation>Aussehen nicht mehr angegeben</translation>
        </message>
        <message>
            <source>marked {interval} as looked at</source>
            <translation>{interval} als gesichtet vermerkt</translation>
        </message>
        <message>
            <source>redone: {what}</source>
            <translation>wiederhergestellt: {what}</translation>
        </message>
        <message>
            <source>undone: {what}</source>
            <translation>rückgängig: {what}</translation>
        </message>
        <message>
            <source>watched {duration} of video</source>
            <translation>{duration} Video gesehen</translation>
        </message>
        <message>
            <source>{before} → {after}</source>
            <translation>{before} → {after}</translation>
        </message>
        <message>
            <source>{before}: moved to {interval}</source>
            <translation>{before}: verschoben nach {interval}</translation>
        </message>
        <message>
            <source>{before}: note “{note}”</source>
            <translation>{before}: Notiz „{note}“</translation>
        </message>
        <message>
            <source>{before}: {looks}</source>
            <translation>{before}: {looks}</translation>
        </message>
        <message>
            <source>{interval} can be judged</source>
            <translation>{interval} ist auswertbar</translation>
        </message>
        <message>
            <source>{interval}: taken back</source>
            <translation>{interval}: zurückgenommen</translation>
        </message>
        <message>
            <source>{statement} → taken back</source>
            <translation>{statement} → zurückgenommen</translation>
        </message>
        <message>
            <source>{what}, and {more} more alike</source>
            <translation>{what} und {more} weitere gleiche</translation>
        </message>
    </context>
    <context>
        <name>HistoryModel</name>
        <message>
            <source>{when}  {rater}: {what}</source>
            <translation>{when}  {rater}: {what}</translation>
        </message>
    </context>
    <context>
        <name>HistoryPanel</name>
        <message>
            <source>All changes of labels, newest first</source>
            <translation>Alle Änderungen der Labels, neueste zuerst</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
    </context>
    <context>
        <name>HoverPicture</name>
        <message>
            <source>no video</source>
            <translation>kein Video</translation>
        </message>
        <message>
            <source>video cannot be read</source>
            <translation>Video nicht lesbar</translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message>
            <source>A table that this program has exported (CSV), or BIDS events (TSV).</source>
            <translation>Eine Tabelle, die dieses Programm exportiert hat (CSV), oder BIDS-Ereignisse (TSV).</translation>
        </message>
        <message>
            <source>Choose the file</source>
            <translation>Datei wählen</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>File with the labels</source>
            <translation>Datei mit den Labels</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Import labels</source>
            <translation>Labels importieren</translation>
        </message>
        <message>
            <source>Of the file's raters</source>
            <translation>Von den Beurteilenden der Datei</translation>
        </message>
        <message>
            <source>Only where the file holds the words of several</source>
            <translation>Nur wenn die Datei die Worte mehrerer enthält</translation>
        </message>
        <message>
            <source>Tables of labels (*.csv *.tsv);;All files (*)</source>
            <translation>Tabellen mit Labels (*.csv *.tsv);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>They become the words of</source>
            <translation>Sie werden die Worte von</translation>
        </message>
        <message>
            <source>They looked at the whole recording</source>
            <translation>Die ganze Aufnahme wurde gesichtet</translation>
        </message>
        <message>
            <source>What stands already is not said twice. One undo of that rater takes all of the import back.</source>
            <translation>Was schon gesagt ist, wird nicht zweimal gesagt. Einmal Rückgängig durch diese Person nimmt den ganzen Import zurück.</translation>
        </message>
        <message>
            <source>Where no label stands, there was no spasm: all of the recording is finalised and may train.</source>
            <translation>Wo kein Label steht, war kein Spasmus: Die ganze Aufnahme wird abgeschlossen und darf trainieren.</translation>
        </message>
        <message>
            <source>Which of the file's raters</source>
            <translation>Welche der Beurteilenden in der Datei</translation>
        </message>
        <message>
            <source>Whose words they become</source>
            <translation>Wessen Worte sie werden</translation>
        </message>
    </context>
    <context>
        <name>Jobs</name>
        <message>
            <source>Checking the bundle</source>
            <translation>Modellpaket wird geprüft</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Held; does not start by itself</source>
            <translation>Zurückgestellt; beginnt nicht von selbst</translation>
        </message>
        <message>
            <source>Loading the network</source>
            <translation>Netz wird geladen</translation>
        </message>
        <message>
            <source>Loading the person detector</source>
            <translation>Personendetektor wird geladen</translation>
        </message>
        <message>
            <source>Looking for the infant</source>
            <translation>Das Kind wird gesucht</translation>
        </message>
        <message>
            <source>Looking for where movement is</source>
            <translation>Es wird gesucht, wo Bewegung ist</translation>
        </message>
        <message>
            <source>Opening the recording</source>
            <translation>Aufnahme wird geöffnet</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Scanning on {device}</source>
            <translation>Durchsucht auf {device}</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Beginnt</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Wird beendet</translation>
        </message>
        <message>
            <source>Waits for files that cannot be reached</source>
            <translation>Wartet auf Dateien, die nicht erreichbar sind</translation>
        </message>
        <message>
            <source>Waits for its turn</source>
            <translation>Wartet, bis es an der Reihe ist</translation>
        </message>
        <message>
            <source>under 1 min</source>
            <translation>unter 1 min</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{share} %</source>
            <translation>{share} %</translation>
        </message>
        <message>
            <source>{speed}×</source>
            <translation>{speed}×</translation>
        </message>
        <message>
            <source>{title}: scanned as far as its files can be read; the timeline shows what is missing.</source>
            <translation>{title}: durchsucht, soweit die Dateien lesbar sind; die Zeitleiste zeigt, was fehlt.</translation>
        </message>
        <message>
            <source>{title}: scanned.</source>
            <translation>{title}: durchsucht.</translation>
        </message>
        <message>
            <source>{title}: {share} scanned</source>
            <translation>{title}: {share} durchsucht</translation>
        </message>
        <message>
            <source>{title}: {share} scanned, {left} left</source>
            <translation>{title}: {share} durchsucht, noch {left}</translation>
        </message>
        <message>
            <source>{title}: {state}</source>
            <translation>{title}: {state}</translation>
        </message>
    </context>
    <context>
        <name>JobsModel</name>
        <message>
            <source>Real time</source>
            <translation>Echtzeit</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Scanned</source>
            <translation>Durchsucht</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Restzeit</translation>
        </message>
    </context>
    <context>
        <name>JobsPanel</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>A&amp;bbrechen</translation>
        </message>
        <message>
            <source>&amp;Earlier</source>
            <translation>&amp;Früher</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Weitermachen</translation>
        </message>
        <message>
            <source>&amp;Later</source>
            <translation>Spä&amp;ter</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>Clea&amp;r</source>
            <translation>Auf&amp;räumen</translation>
        </message>
        <message>
            <source>Drag rows to change their order, or press Alt with the arrow keys.</source>
            <translation>Ziehen Sie Zeilen, um die Reihenfolge zu ändern, oder drücken Sie Alt mit den Pfeiltasten.</translation>
        </message>
        <message>
            <source>Go on with the scans that are held</source>
            <translation>Mit den zurückgestellten Aufträgen weitermachen</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>No scan waits. Choose recordings under Recordings (F2), then “Scan…”.</source>
            <translation>Kein Auftrag wartet. Wählen Sie unter „Aufnahmen“ (F2) Aufnahmen, dann „Durchsuchen…“.</translation>
        </message>
        <message>
            <source>Pause the chosen scans, or let them go on (Space).</source>
            <translation>Die gewählten Aufträge anhalten oder weiterlaufen lassen (Leertaste).</translation>
        </message>
        <message>
            <source>Scan the chosen ones earlier (Alt+Up).</source>
            <translation>Die gewählten früher durchsuchen (Alt+Auf).</translation>
        </message>
        <message>
            <source>Scan the chosen ones later (Alt+Down).</source>
            <translation>Die gewählten später durchsuchen (Alt+Ab).</translation>
        </message>
        <message>
            <source>Scan what was held, from where it was left.</source>
            <translation>Zurückgestelltes durchsuchen, von da an, wo es liegen blieb.</translation>
        </message>
        <message>
            <source>Scans in their order</source>
            <translation>Aufträge in ihrer Reihenfolge</translation>
        </message>
        <message numerus="yes">
            <source>Scans that are held: %n. What was scanned before is kept.</source>
            <translation>
                <numerusform>%n Auftrag ist zurückgestellt. Was schon durchsucht wurde, bleibt erhalten.</numerusform>
                <numerusform>%n Aufträge sind zurückgestellt. Was schon durchsucht wurde, bleibt erhalten.</numerusform>
            </translation>
        </message>
        <message>
            <source>Take all that are done or failed off the list.</source>
            <translation>Alles Fertige und Gescheiterte aus der Liste nehmen.</translation>
        </message>
        <message>
            <source>Take the chosen scans out; what is scanned is kept (Delete).</source>
            <translation>Die gewählten Aufträge herausnehmen; was durchsucht ist, bleibt (Entf).</translation>
        </message>
        <message>
            <source>What the chosen scan says</source>
            <translation>Was der gewählte Auftrag meldet</translation>
        </message>
    </context>
    <context>
        <name>KeyCatcher</name>
        <message>
            <source>New key</source>
            <translation>Neue Taste</translation>
        </message>
        <message>
            <source>Press the new key here</source>
            <translation>Hier die neue Taste drücken</translation>
        </message>
    </context>
    <context>
        <name>KeyEditor</name>
        <message>
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>Aktionen und ihre Tasten</translation>
        </message>
        <message>
            <source>All usual keys</source>
            <translation>Alle üblichen Tasten</translation>
        </message>
        <message>
            <source>Changed.</source>
            <translation>Geändert.</translation>
        </message>
        <message>
            <source>Choose an action above, then press the key that it shall have.</source>
            <translation>Wählen Sie oben eine Aktion, und drücken Sie dann die Taste, die sie haben soll.</translation>
        </message>
        <message>
            <source>Every action gets its usual key again.</source>
            <translation>Jede Aktion bekommt wieder ihre übliche Taste.</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>Keine Taste</translation>
        </message>
        <message>
            <source>The action chosen above gets its usual key again.</source>
            <translation>Die oben gewählte Aktion bekommt wieder ihre übliche Taste.</translation>
        </message>
        <message>
            <source>The action chosen above gets no key.</source>
            <translation>Die oben gewählte Aktion bekommt keine Taste.</translation>
        </message>
        <message>
            <source>Usual key</source>
            <translation>Übliche Taste</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>All keys</source>
            <translation>Alle Tasten</translation>
        </message>
        <message>
            <source>Every key can be changed in the settings. None needs a keypad.</source>
            <translation>Jede Taste lässt sich in den Einstellungen ändern. Keine braucht einen Ziffernblock.</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>All keys</source>
            <translation>Alle Tasten</translation>
        </message>
        <message>
            <source>All keys are the usual ones: {why}</source>
            <translation>Alle Tasten sind die üblichen: {why}</translation>
        </message>
        <message>
            <source>Artefact</source>
            <translation>Artefakt</translation>
        </message>
        <message>
            <source>Asleep</source>
            <translation>Im Schlaf</translation>
        </message>
        <message>
            <source>Awake</source>
            <translation>Wach</translation>
        </message>
        <message>
            <source>Clock or elapsed time</source>
            <translation>Uhrzeit oder vergangene Zeit</translation>
        </message>
        <message>
            <source>Cry afterwards</source>
            <translation>Danach Schreien</translation>
        </message>
        <message>
            <source>Draw what the model shall see</source>
            <translation>Einzeichnen, was das Modell sehen soll</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Extensor</source>
            <translation>Strecker</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <source>Finalise what was looked at</source>
            <translation>Gesichtetes abschließen</translation>
        </message>
        <message>
            <source>Flags from adapted scores</source>
            <translation>Markierungen aus angepassten Werten</translation>
        </message>
        <message>
            <source>Flexor</source>
            <translation>Beuger</translation>
        </message>
        <message>
            <source>From flag to flag</source>
            <translation>Von Markierung zu Markierung</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Go to a time</source>
            <translation>Zu einer Zeit springen</translation>
        </message>
        <message>
            <source>Hide what others and the model say</source>
            <translation>Verbergen, was andere und das Modell sagen</translation>
        </message>
        <message>
            <source>Import labels</source>
            <translation>Labels importieren</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Einträge</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>Lernen</translation>
        </message>
        <message>
            <source>Mark the view as looked at</source>
            <translation>Ansicht als gesichtet vermerken</translation>
        </message>
        <message>
            <source>Mixed</source>
            <translation>Gemischt</translation>
        </message>
        <message>
            <source>More on the infant's left</source>
            <translation>Mehr auf der linken Seite des Kindes</translation>
        </message>
        <message>
            <source>More on the infant's right</source>
            <translation>Mehr auf der rechten Seite des Kindes</translation>
        </message>
        <message>
            <source>Next cluster</source>
            <translation>Nächster Cluster</translation>
        </message>
        <message>
            <source>Next flag</source>
            <translation>Nächste Markierung</translation>
        </message>
        <message>
            <source>Next flag without a verdict</source>
            <translation>Nächste Markierung ohne Urteil</translation>
        </message>
        <message>
            <source>Not a spasm</source>
            <translation>Kein Spasmus</translation>
        </message>
        <message>
            <source>Not analysable</source>
            <translation>Nicht auswertbar</translation>
        </message>
        <message>
            <source>On waking</source>
            <translation>Beim Aufwachen</translation>
        </message>
        <message>
            <source>One frame back</source>
            <translation>Ein Bild zurück</translation>
        </message>
        <message>
            <source>One frame on</source>
            <translation>Ein Bild weiter</translation>
        </message>
        <message>
            <source>Open files</source>
            <translation>Dateien öffnen</translation>
        </message>
        <message>
            <source>Other seizure</source>
            <translation>Anderer Anfall</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Picture as recorded</source>
            <translation>Bild wie aufgenommen</translation>
        </message>
        <message>
            <source>Play backwards</source>
            <translation>Rückwärts abspielen</translation>
        </message>
        <message>
            <source>Play forwards</source>
            <translation>Vorwärts abspielen</translation>
        </message>
        <message>
            <source>Play or pause</source>
            <translation>Abspielen oder anhalten</translation>
        </message>
        <message>
            <source>Playing</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Previous flag</source>
            <translation>Vorige Markierung</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Repeat the event</source>
            <translation>Ereignis wiederholen</translation>
        </message>
        <message>
            <source>Report for the file</source>
            <translation>Bericht für die Akte</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Sichten</translation>
        </message>
        <message>
            <source>Review what was not flagged</source>
            <translation>Sichten, was nicht markiert wurde</translation>
        </message>
        <message>
            <source>Rotate the picture</source>
            <translation>Bild drehen</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>Durchsuchen</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Show everything</source>
            <translation>Alles zeigen</translation>
        </message>
        <message>
            <source>Show one hour</source>
            <translation>Eine Stunde zeigen</translation>
        </message>
        <message>
            <source>Show what the model sees</source>
            <translation>Zeigen, was das Modell sieht</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <source>Spasm</source>
            <translation>Spasmus</translation>
        </message>
        <message>
            <source>Stop; hold with J or L for slow</source>
            <translation>Anhalten; mit J oder L gehalten: langsam</translation>
        </message>
        <message>
            <source>Subtle</source>
            <translation>Subtil</translation>
        </message>
        <message>
            <source>Symmetric</source>
            <translation>Symmetrisch</translation>
        </message>
        <message>
            <source>Teach me: the most telling moment</source>
            <translation>Lehre mich: der lehrreichste Moment</translation>
        </message>
        <message>
            <source>The key {key} already stands for “{action}”. Give that another key first.</source>
            <translation>Die Taste {key} steht schon für „{action}“. Geben Sie dieser zuerst eine andere Taste.</translation>
        </message>
        <message>
            <source>The key {key} is needed to move within lists and boxes.</source>
            <translation>Die Taste {key} wird gebraucht, um sich in Listen und Feldern zu bewegen.</translation>
        </message>
        <message>
            <source>There is no action “{action}” to give a key.</source>
            <translation>Es gibt keine Aktion „{action}“, die eine Taste haben könnte.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Unsure</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>What it looked like</source>
            <translation>Wie es aussah</translation>
        </message>
        <message>
            <source>Why was this flagged?</source>
            <translation>Warum wurde das markiert?</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>Write a note</source>
            <translation>Notiz schreiben</translation>
        </message>
        <message>
            <source>Zoom to the event</source>
            <translation>Auf das Ereignis zoomen</translation>
        </message>
        <message>
            <source>{action} ({keys})</source>
            <translation>{action} ({keys})</translation>
        </message>
        <message>
            <source>“{key}” is not one key.</source>
            <translation>„{key}“ ist keine einzelne Taste.</translation>
        </message>
    </context>
    <context>
        <name>LabelImport</name>
        <message>
            <source>Import labels</source>
            <translation>Labels importieren</translation>
        </message>
        <message numerus="yes">
            <source>Not taken, since no rater says so (a model's events, gaps): %n.</source>
            <translation>
                <numerusform>Nicht übernommen, weil es niemand gesagt hat (Ereignisse eines Modells, Lücken): %n.</numerusform>
                <numerusform>Nicht übernommen, weil es niemand gesagt hat (Ereignisse eines Modells, Lücken): %n.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not taken, since this rater has said so before: %n.</source>
            <translation>
                <numerusform>Nicht übernommen, weil diese Person es schon gesagt hatte: %n.</numerusform>
                <numerusform>Nicht übernommen, weil diese Person es schon gesagt hatte: %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing imported</source>
            <translation>Nichts importiert</translation>
        </message>
        <message>
            <source>Nothing new was taken over.</source>
            <translation>Nichts Neues wurde übernommen.</translation>
        </message>
        <message>
            <source>Now the words of {rater}: labels {labels}, stretches of time {spans}.</source>
            <translation>Jetzt die Worte von {rater}: Labels {labels}, Zeitabschnitte {spans}.</translation>
        </message>
        <message>
            <source>Open a recording first.</source>
            <translation>Öffnen Sie zuerst eine Aufnahme.</translation>
        </message>
        <message>
            <source>Reading the labels of {file}…</source>
            <translation>Die Labels aus {file} werden gelesen…</translation>
        </message>
        <message>
            <source>To take all of it back, review as {rater} and undo.</source>
            <translation>Um alles zurückzunehmen, sichten Sie als {rater} und machen Sie es rückgängig.</translation>
        </message>
        <message>
            <source>Undo takes all of it back.</source>
            <translation>„Rückgängig“ nimmt alles zurück.</translation>
        </message>
    </context>
    <context>
        <name>LearnPage</name>
        <message>
            <source>&amp;1 Snapshots</source>
            <translation>&amp;1 Momentaufnahmen</translation>
        </message>
        <message>
            <source>&amp;2 Training</source>
            <translation>&amp;2 Training</translation>
        </message>
        <message>
            <source>&amp;3 Bundles</source>
            <translation>&amp;3 Modellpakete</translation>
        </message>
        <message>
            <source>&amp;4 Reports</source>
            <translation>&amp;4 Berichte</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>Lernen</translation>
        </message>
        <message>
            <source>Steps of learning</source>
            <translation>Schritte des Lernens</translation>
        </message>
    </context>
    <context>
        <name>Left</name>
        <message>
            <source>Blind: what the model flagged and others said is hidden.</source>
            <translation>Blind: Was das Modell markiert hat und andere sagten, ist verborgen.</translation>
        </message>
        <message>
            <source>Left to review: 0 of {flags} flags. What was not flagged may still hold spasms.</source>
            <translation>Noch zu sichten: 0 von {flags} Markierungen. Auch was nicht markiert ist, kann Spasmen enthalten.</translation>
        </message>
        <message>
            <source>Left to review: {left} of {flags} flags, about {time}</source>
            <translation>Noch zu sichten: {left} von {flags} Markierungen, etwa {time}</translation>
        </message>
        <message>
            <source>Not scanned yet: nothing could be flagged so far.</source>
            <translation>Noch nicht durchsucht: Bisher konnte nichts markiert werden.</translation>
        </message>
        <message>
            <source>Nothing is flagged at this operating point. What was not flagged may still hold spasms.</source>
            <translation>An diesem Arbeitspunkt ist nichts markiert. Auch was nicht markiert ist, kann Spasmen enthalten.</translation>
        </message>
        <message>
            <source>Nothing is flagged so far; part of the recording is not scanned yet.</source>
            <translation>Bisher ist nichts markiert; ein Teil der Aufnahme ist noch nicht durchsucht.</translation>
        </message>
        <message>
            <source>This bundle has no operating points, so it flags nothing.</source>
            <translation>Dieses Modellpaket hat keine Arbeitspunkte; es markiert darum nichts.</translation>
        </message>
        <message>
            <source>cluster {number}: {left}</source>
            <translation>Cluster {number}: {left}</translation>
        </message>
        <message>
            <source>in {others} more clusters: {left}</source>
            <translation>in {others} weiteren Clustern: {left}</translation>
        </message>
    </context>
    <context>
        <name>LeftOverDialog</name>
        <message>
            <source>&amp;Remove</source>
            <translation>Ent&amp;fernen</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Clips made for a training show patients and lie in the library's folder unencrypted. What is removed here can be made again from the recordings, except for what a stopped training had learned.</source>
            <translation>Für ein Training vorbereitete Clips zeigen Patienten und liegen unverschlüsselt im Ordner der Bibliothek. Was hier entfernt wird, lässt sich aus den Aufnahmen neu erzeugen, nur nicht, was ein angehaltenes Training gelernt hat.</translation>
        </message>
        <message>
            <source>Delete what is chosen; bundles, labels and recordings stay.</source>
            <translation>Löscht das Gewählte; Modellpakete, Labels und Aufnahmen bleiben.</translation>
        </message>
        <message>
            <source>Give it up?</source>
            <translation>Aufgeben?</translation>
        </message>
        <message>
            <source>Left by trainings</source>
            <translation>Von Trainings übrig</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Room</source>
            <translation>Platz</translation>
        </message>
        <message>
            <source>Trainings left nothing in the library's folder.</source>
            <translation>Trainings haben im Ordner der Bibliothek nichts hinterlassen.</translation>
        </message>
        <message>
            <source>What for</source>
            <translation>Wofür</translation>
        </message>
        <message>
            <source>What this is</source>
            <translation>Was das ist</translation>
        </message>
        <message>
            <source>What trainings left</source>
            <translation>Was Trainings hinterlassen haben</translation>
        </message>
        <message>
            <source>a stopped cross-validation: asked for again, it goes on</source>
            <translation>eine angehaltene Kreuzvalidierung: erneut verlangt, geht sie weiter</translation>
        </message>
        <message>
            <source>a stopped training: train under its name again to go on</source>
            <translation>ein angehaltenes Training: unter demselben Namen geht es weiter</translation>
        </message>
        <message>
            <source>a training works there now</source>
            <translation>hier arbeitet gerade ein Training</translation>
        </message>
        <message>
            <source>clips: the next training on the same snapshot need not decode anew</source>
            <translation>Clips: das nächste Training mit derselben Momentaufnahme muss nicht neu dekodieren</translation>
        </message>
        <message>
            <source>scores: a comparison of the same bundles need not scan anew</source>
            <translation>Werte: ein Vergleich derselben Modellpakete muss nicht neu durchsuchen</translation>
        </message>
        <message>
            <source>{name} cannot be gone on with after that. Remove it?</source>
            <translation>{name} lässt sich danach nicht fortsetzen. Entfernen?</translation>
        </message>
    </context>
    <context>
        <name>Lessons</name>
        <message numerus="yes">
            <source>%n more remarks.</source>
            <translation>
                <numerusform>%n weitere Bemerkung.</numerusform>
                <numerusform>%n weitere Bemerkungen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Another job of this page still runs; wait for its end, or stop it.</source>
            <translation>Ein anderer Auftrag dieser Seite läuft noch; warten Sie sein Ende ab, oder halten Sie ihn an.</translation>
        </message>
        <message>
            <source>Made again from the ledgers, the snapshot is another one; do not rely on it.</source>
            <translation>Aus den Protokollen neu gemacht, ist die Momentaufnahme eine andere; verlassen Sie sich nicht auf sie.</translation>
        </message>
        <message>
            <source>Made again from the ledgers, the snapshot is the same bit for bit.</source>
            <translation>Aus den Protokollen neu gemacht, ist die Momentaufnahme Bit für Bit dieselbe.</translation>
        </message>
        <message>
            <source>Nothing was said since this snapshot; it stays as it is.</source>
            <translation>Seit dieser Momentaufnahme wurde nichts gesagt; sie bleibt, wie sie ist.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>Angehalten.</translation>
        </message>
        <message>
            <source>Stopped. Train under the same name again to go on from there.</source>
            <translation>Angehalten. Trainieren Sie unter demselben Namen noch einmal, um von dort weiterzumachen.</translation>
        </message>
        <message>
            <source>The report is written.</source>
            <translation>Der Bericht ist geschrieben.</translation>
        </message>
        <message numerus="yes">
            <source>The snapshot holds %n windows.</source>
            <translation>
                <numerusform>Die Momentaufnahme enthält %n Fenster.</numerusform>
                <numerusform>Die Momentaufnahme enthält %n Fenster.</numerusform>
            </translation>
        </message>
        <message>
            <source>The snapshot is in {file}.</source>
            <translation>Die Momentaufnahme liegt in {file}.</translation>
        </message>
        <message>
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <source>{measure} (lower is better)</source>
            <translation>{measure} (weniger ist besser)</translation>
        </message>
        <message>
            <source>{name} is the current bundle.</source>
            <translation>{name} ist das jetzige Modellpaket.</translation>
        </message>
        <message>
            <source>{name} is trained. It is a candidate: compare it before you promote it.</source>
            <translation>{name} ist trainiert. Es ist ein Kandidat: Vergleichen Sie es, bevor Sie es übernehmen.</translation>
        </message>
        <message>
            <source>{what}: {share} %</source>
            <translation>{what}: {share} %</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>No library is open.</source>
            <translation>Keine Bibliothek ist offen.</translation>
        </message>
        <message>
            <source>Recovery key</source>
            <translation>Wiederherstellungsschlüssel</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Person am Bildschirm</translation>
        </message>
        <message numerus="yes">
            <source>Scans left from last time: %n. They go on from the page Recordings.</source>
            <translation>
                <numerusform>%n Durchlauf ist vom letzten Mal übrig. Auf der Seite „Aufnahmen“ geht es weiter.</numerusform>
                <numerusform>%n Durchläufe sind vom letzten Mal übrig. Auf der Seite „Aufnahmen“ geht es weiter.</numerusform>
            </translation>
        </message>
        <message>
            <source>Write this recovery key down and keep it away from this computer:</source>
            <translation>Schreiben Sie diesen Wiederherstellungsschlüssel auf, und bewahren Sie ihn nicht bei diesem Rechner auf:</translation>
        </message>
    </context>
    <context>
        <name>Media</name>
        <message numerus="yes">
            <source>%n clip files</source>
            <translation>
                <numerusform>%n Clip</numerusform>
                <numerusform>%n Clips</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n files</source>
            <translation>
                <numerusform>%n Datei</numerusform>
                <numerusform>%n Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n patients</source>
            <translation>
                <numerusform>%n Patient</numerusform>
                <numerusform>%n Patienten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n recordings</source>
            <translation>
                <numerusform>%n Aufnahme</numerusform>
                <numerusform>%n Aufnahmen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n spasms</source>
            <translation>
                <numerusform>%n Spasmus</numerusform>
                <numerusform>%n Spasmen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n windows</source>
            <translation>
                <numerusform>%n Fenster</numerusform>
                <numerusform>%n Fenster</numerusform>
            </translation>
        </message>
        <message>
            <source>1 false alarm an hour</source>
            <translation>1 Fehlalarm in der Stunde</translation>
        </message>
        <message>
            <source>A bundle cannot be called {name}: use small letters, digits, dots and dashes, at most 80.</source>
            <translation>Ein Modellpaket kann nicht {name} heißen: Nehmen Sie Kleinbuchstaben, Ziffern, Punkte und Bindestriche, höchstens 80.</translation>
        </message>
        <message>
            <source>All pictures are of one kind ({camera}): videos of other cameras may be scored worse.</source>
            <translation>Alle Bilder sind von einer Art ({camera}): Videos anderer Kameras werden vielleicht schlechter bewertet.</translation>
        </message>
        <message>
            <source>Brier score of windows</source>
            <translation>Brier-Wert der Fenster</translation>
        </message>
        <message>
            <source>Brier score of windows, mean over patients</source>
            <translation>Brier-Wert der Fenster, Mittel über Patienten</translation>
        </message>
        <message>
            <source>Checking the bundle</source>
            <translation>Modellpaket wird geprüft</translation>
        </message>
        <message>
            <source>Checking the candidate</source>
            <translation>Kandidat wird geprüft</translation>
        </message>
        <message>
            <source>Checking the current bundle</source>
            <translation>Jetziges Modellpaket wird geprüft</translation>
        </message>
        <message>
            <source>Checking the files</source>
            <translation>Dateien werden geprüft</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>Wird verglichen</translation>
        </message>
        <message>
            <source>Drawing</source>
            <translation>Wird gezeichnet</translation>
        </message>
        <message>
            <source>Few patients ({count}): what a model learns from them may not hold for other infants.</source>
            <translation>Wenige Patienten ({count}): Was ein Modell an ihnen lernt, gilt vielleicht nicht für andere Säuglinge.</translation>
        </message>
        <message>
            <source>How it does on other patients and cameras remains unknown.</source>
            <translation>Wie es bei anderen Patienten und Kameras ist, bleibt unbekannt.</translation>
        </message>
        <message>
            <source>It does better in: {measures}.</source>
            <translation>Besser ist er bei: {measures}.</translation>
        </message>
        <message>
            <source>It does worse in: {measures}.</source>
            <translation>Schlechter ist er bei: {measures}.</translation>
        </message>
        <message>
            <source>It was trained on one patient alone and tested on what was recorded after that, by which its thresholds may have been chosen; it will scan recordings of that patient only.</source>
            <translation>Er wurde an einem einzigen Patienten trainiert und an dem geprüft, was danach aufgenommen wurde; danach sind vielleicht auch seine Schwellen gewählt. Er wird nur Aufnahmen dieses Patienten durchsuchen.</translation>
        </message>
        <message>
            <source>Left out, as the raters are divided: {windows}.</source>
            <translation>Ausgelassen, da sich die Beurteilenden uneins sind: {windows}.</translation>
        </message>
        <message>
            <source>Left out: {error}</source>
            <translation>Ausgelassen: {error}</translation>
        </message>
        <message>
            <source>Looking at the clips</source>
            <translation>Clips werden angesehen</translation>
        </message>
        <message>
            <source>Making the snapshot again</source>
            <translation>Momentaufnahme wird neu gemacht</translation>
        </message>
        <message>
            <source>No patient is kept for validation: the later part of the labelled time judges what the earlier part has taught. That says nothing about other patients.</source>
            <translation>Kein Patient ist zum Validieren übrig: Der spätere Teil der beurteilten Zeit prüft, was der frühere gelehrt hat. Das sagt nichts über andere Patienten.</translation>
        </message>
        <message>
            <source>No spasm was recorded after those that {name} learned from: it cannot be promoted yet.</source>
            <translation>Nach den Spasmen, an denen {name} gelernt hat, wurde keiner aufgenommen: Es kann noch nicht übernommen werden.</translation>
        </message>
        <message>
            <source>No whole night of a validation recording tells how often spasms are: scores are calibrated on the snapshot's windows alone, which hold more spasms than a night does, so on whole nights they run high.</source>
            <translation>Keine ganze Nacht einer Validierungsaufnahme sagt, wie häufig Spasmen sind: Die Werte sind allein an den Fenstern der Momentaufnahme kalibriert, die mehr Spasmen enthalten als eine Nacht; für ganze Nächte sind sie deshalb zu hoch.</translation>
        </message>
        <message>
            <source>No window with a spasm: a model cannot learn to tell them apart.</source>
            <translation>Kein Fenster mit Spasmus: Ein Modell kann nicht lernen, sie zu unterscheiden.</translation>
        </message>
        <message>
            <source>No window without a spasm: a model cannot learn to tell them apart.</source>
            <translation>Kein Fenster ohne Spasmus: Ein Modell kann nicht lernen, sie zu unterscheiden.</translation>
        </message>
        <message>
            <source>Nobody is held out: whether a new bundle is better cannot be told on patients that it has never seen.</source>
            <translation>Niemand ist zurückgehalten: Ob ein neues Modellpaket besser ist, lässt sich nicht an Patienten sagen, die es nie gesehen hat.</translation>
        </message>
        <message>
            <source>Nobody trains: all patients are held out.</source>
            <translation>Niemand trainiert: Alle Patienten sind zurückgehalten.</translation>
        </message>
        <message>
            <source>Nobody validates: a network cannot be calibrated on patients that it was not trained on.</source>
            <translation>Niemand validiert: Ein Netz lässt sich nicht an Patienten kalibrieren, an denen es nicht trainiert wurde.</translation>
        </message>
        <message>
            <source>Nobody who is held out has a night: there is nothing to compare a new bundle with the current one on.</source>
            <translation>Niemand der Zurückgehaltenen hat eine Nacht: Ein neues Modellpaket lässt sich an nichts mit dem jetzigen vergleichen.</translation>
        </message>
        <message>
            <source>Nobody who validates has a night: a new bundle would have no operating points and flag nothing.</source>
            <translation>Niemand derer, an denen abgestimmt wird, hat eine Nacht: Ein neues Modellpaket hätte keine Arbeitspunkte und würde nichts markieren.</translation>
        </message>
        <message>
            <source>Nothing was gained any more: the training ends after epoch {epoch}.</source>
            <translation>Es wurde nichts mehr gewonnen: Das Training endet nach Epoche {epoch}.</translation>
        </message>
        <message>
            <source>Of {patients} there are windows of one kind only, with or without spasms.</source>
            <translation>Nur Fenster einer Art, mit oder ohne Spasmen, gibt es bei: {patients}.</translation>
        </message>
        <message>
            <source>On these {patients} the candidate is better ({measure}).</source>
            <translation>Bei diesen {patients} ist der Kandidat besser ({measure}).</translation>
        </message>
        <message>
            <source>On these {patients} the candidate is worse ({measure}).</source>
            <translation>Bei diesen {patients} ist der Kandidat schlechter ({measure}).</translation>
        </message>
        <message>
            <source>Packing a draft</source>
            <translation>Ein Entwurf wird gepackt</translation>
        </message>
        <message>
            <source>Reading the library</source>
            <translation>Bibliothek wird gelesen</translation>
        </message>
        <message>
            <source>Reading what was said</source>
            <translation>Gesagtes wird gelesen</translation>
        </message>
        <message>
            <source>Reading {file} got no further for {seconds} s, twice. Copy it again or leave it out; where it lies on another machine, see whether that answers.</source>
            <translation>Das Lesen von {file} kam zweimal {seconds} s lang nicht weiter. Kopieren Sie die Datei neu oder lassen Sie sie weg; liegt sie auf einem anderen Rechner, prüfen Sie, ob der antwortet.</translation>
        </message>
        <message>
            <source>Recording {number} is left out, as it is not said whose it is: name its patient.</source>
            <translation>Aufnahme {number} ist ausgelassen, weil nicht gesagt ist, von wem sie ist: Nennen Sie ihren Patienten.</translation>
        </message>
        <message>
            <source>Recording {number} is left out: it was not scanned with the bundle {name}.</source>
            <translation>Aufnahme {number} ist ausgelassen: Sie wurde nicht mit dem Modellpaket {name} durchsucht.</translation>
        </message>
        <message>
            <source>Recording {number} is left out: no rater has finalised any of its time.</source>
            <translation>Aufnahme {number} ist ausgelassen: Niemand hat etwas von ihrer Zeit abgeschlossen.</translation>
        </message>
        <message>
            <source>Recording {number} is left out: nothing of its finalised time was scored.</source>
            <translation>Aufnahme {number} ist ausgelassen: Nichts von ihrer abgeschlossenen Zeit wurde bewertet.</translation>
        </message>
        <message>
            <source>Row {row} of {file} cannot be understood ({error}); nothing was taken.</source>
            <translation>Zeile {row} von {file} ist nicht zu verstehen ({error}); nichts wurde übernommen.</translation>
        </message>
        <message>
            <source>Row {row} of {table} needs a file, its patient, and yes or no under healthy.</source>
            <translation>Zeile {row} von {table} braucht eine Datei, ihren Patienten und unter healthy yes oder no.</translation>
        </message>
        <message>
            <source>Row {row} of {table} says of {file} what another row says otherwise.</source>
            <translation>Zeile {row} von {table} sagt über {file} etwas, was eine andere Zeile anders sagt.</translation>
        </message>
        <message>
            <source>Scanning held-out recordings with {name}</source>
            <translation>Zurückgehaltene Aufnahmen werden mit {name} durchsucht</translation>
        </message>
        <message>
            <source>Scoring</source>
            <translation>Wird bewertet</translation>
        </message>
        <message>
            <source>Somebody who is called healthy has windows with a spasm.</source>
            <translation>Jemand, der gesund genannt wird, hat Fenster mit einem Spasmus.</translation>
        </message>
        <message>
            <source>The bundle {name} has no operating point to evaluate; calibrate it first.</source>
            <translation>Das Modellpaket {name} hat keinen Arbeitspunkt, der sich auswerten ließe; kalibrieren Sie es zuerst.</translation>
        </message>
        <message>
            <source>The comparison is not as it was made; compare again.</source>
            <translation>Der Vergleich ist nicht so, wie er gemacht wurde; vergleichen Sie noch einmal.</translation>
        </message>
        <message>
            <source>The current bundle is {current}: compare {name} with that one to promote it.</source>
            <translation>Das jetzige Modellpaket ist {current}: Vergleichen Sie {name} damit, um es zu übernehmen.</translation>
        </message>
        <message>
            <source>The file does not say which time was looked at for training: nothing of it trains until its rater finalises time.</source>
            <translation>Die Datei sagt nicht, welche Zeit fürs Training gesichtet wurde: Nichts davon trainiert, bis die Person Zeit abschließt.</translation>
        </message>
        <message>
            <source>The finalised time of {patients} holds no spasm, so which bundle finds more is open.</source>
            <translation>In der abgeschlossenen Zeit von {patients} liegt kein Spasmus; welches Modellpaket mehr findet, ist darum offen.</translation>
        </message>
        <message>
            <source>The job process ended unexpectedly; it starts again from what is stored.</source>
            <translation>Der Arbeitsprozess endete unerwartet; er beginnt noch einmal ab dem, was gespeichert ist.</translation>
        </message>
        <message>
            <source>The job process ends before the first window: it tries again with the whole picture.</source>
            <translation>Der Arbeitsprozess endet vor dem ersten Fenster: Er versucht es noch einmal mit dem ganzen Bild.</translation>
        </message>
        <message>
            <source>The snapshot cannot be made again: one of its recordings was deleted from the library.</source>
            <translation>Die Momentaufnahme lässt sich nicht neu machen: Eine ihrer Aufnahmen wurde aus der Bibliothek gelöscht.</translation>
        </message>
        <message>
            <source>The snapshot keeps no patient for validation, and clip files do not tell the order of time: add patients and make a new snapshot.</source>
            <translation>Die Momentaufnahme behält keinen Patienten zum Validieren, und Clips sagen nicht, was früher war: Nehmen Sie Patienten hinzu, und machen Sie eine neue Momentaufnahme.</translation>
        </message>
        <message>
            <source>The stretch from {start} s to {stop} s brings the decoder down: it is left out and counted as undecodable.</source>
            <translation>Der Abschnitt von {start} s bis {stop} s bringt den Decoder zum Absturz: Er wird ausgelassen und zählt als nicht lesbar.</translation>
        </message>
        <message>
            <source>The training starts from {name}, which is the current bundle.</source>
            <translation>Das Training beginnt mit {name}, dem jetzigen Modellpaket.</translation>
        </message>
        <message>
            <source>The two cannot be told apart with {patients}.</source>
            <translation>Mit {patients} sind die beiden nicht zu unterscheiden.</translation>
        </message>
        <message>
            <source>The two cannot be told apart with {patients}: at least {least} are needed before a difference is more than chance.</source>
            <translation>Mit {patients} sind die beiden nicht zu unterscheiden: Mindestens {least} braucht es, bis ein Unterschied mehr als Zufall ist.</translation>
        </message>
        <message>
            <source>There is already something called {name} in {folder}; name another.</source>
            <translation>In {folder} gibt es schon etwas, das {name} heißt; nehmen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>There is no file {name}; was it moved, or its drive taken away?</source>
            <translation>Die Datei {name} gibt es nicht; wurde sie verschoben oder ihr Laufwerk entfernt?</translation>
        </message>
        <message>
            <source>There is no recording here of {patients} called healthy.</source>
            <translation>Als gesund genannt, aber hier ohne Aufnahme: {patients}.</translation>
        </message>
        <message>
            <source>There is nobody to compare on: {name} cannot be promoted before at least one held-out patient, whom neither bundle has learned from, has finalised time. A snapshot of three or more patients holds some out.</source>
            <translation>Es gibt niemanden zum Vergleichen: {name} kann erst übernommen werden, wenn mindestens ein zurückgehaltener Patient, an dem keines der Modellpakete gelernt hat, abgeschlossene Zeit hat. Eine Momentaufnahme von drei oder mehr Patienten hält einige zurück.</translation>
        </message>
        <message>
            <source>There is nothing to evaluate: a recording needs time that a rater finalised and a scan with the bundle {name}. {reasons}</source>
            <translation>Es gibt nichts auszuwerten: Eine Aufnahme braucht Zeit, die jemand abgeschlossen hat, und muss mit dem Modellpaket {name} durchsucht sein. {reasons}</translation>
        </message>
        <message>
            <source>There is nothing to learn from yet: mark time as finalised in the window, or name a folder of clips.</source>
            <translation>Noch gibt es nichts, woraus zu lernen wäre: Schließen Sie im Fenster Zeit ab, oder nennen Sie einen Ordner mit Clips.</translation>
        </message>
        <message>
            <source>There is nothing to learn: the training patients' clips are all of one kind.</source>
            <translation>Es gibt nichts zu lernen: Die Clips der Trainingspatienten sind alle von einer Art.</translation>
        </message>
        <message>
            <source>There is too little finalised time of validation recordings to choose operating points by: the bundle scores, but picks no events.</source>
            <translation>Von den Validierungsaufnahmen ist zu wenig Zeit abgeschlossen, um Arbeitspunkte zu wählen: Das Modellpaket bewertet, markiert aber nichts.</translation>
        </message>
        <message>
            <source>This snapshot is there already ({name}, made at {when}).</source>
            <translation>Diese Momentaufnahme gibt es schon ({name}, gemacht {when}).</translation>
        </message>
        <message>
            <source>Windows are positive when a spasm's onset lies in them; those that see only its rest are {partial}. Spasms and events are matched one to one, onset to peak, within {tolerance} s. A cluster joins spasms up to {gap} s apart and is found when any event overlaps it.</source>
            <translation>Fenster sind positiv, wenn der Beginn eines Spasmus in ihnen liegt; die nur seinen Rest sehen, sind {partial}. Spasmen und Ereignisse werden eins zu eins zugeordnet, Beginn zu Gipfel, innerhalb von {tolerance} s. Ein Cluster verbindet Spasmen, die bis zu {gap} s auseinanderliegen, und gilt als gefunden, wenn ein Ereignis ihn berührt.</translation>
        </message>
        <message>
            <source>Writing the report</source>
            <translation>Bericht wird geschrieben</translation>
        </message>
        <message>
            <source>Writing the snapshot</source>
            <translation>Momentaufnahme wird geschrieben</translation>
        </message>
        <message>
            <source>at {value}</source>
            <translation>bei {value}</translation>
        </message>
        <message>
            <source>calibration error of windows, mean over patients</source>
            <translation>Kalibrierungsfehler der Fenster, Mittel über Patienten</translation>
        </message>
        <message>
            <source>clusters found</source>
            <translation>gefundene Cluster</translation>
        </message>
        <message>
            <source>clusters found, each at its own operating point</source>
            <translation>gefundene Cluster, jedes am eigenen Arbeitspunkt</translation>
        </message>
        <message>
            <source>error of spasms counted, per cluster of {least} or more</source>
            <translation>Zählfehler der Spasmen, je Cluster von {least} oder mehr</translation>
        </message>
        <message>
            <source>events less spasms, as a share of spasms</source>
            <translation>Ereignisse minus Spasmen, als Anteil der Spasmen</translation>
        </message>
        <message>
            <source>events that are spasms</source>
            <translation>Ereignisse, die Spasmen sind</translation>
        </message>
        <message>
            <source>false alarms an hour, each at its own operating point</source>
            <translation>Fehlalarme in der Stunde, jedes am eigenen Arbeitspunkt</translation>
        </message>
        <message>
            <source>false alarms per hour</source>
            <translation>Fehlalarme in der Stunde</translation>
        </message>
        <message>
            <source>false alarms per window {threshold}</source>
            <translation>Fehlalarme je Fenster {threshold}</translation>
        </message>
        <message>
            <source>false clusters per hour</source>
            <translation>falsche Cluster in der Stunde</translation>
        </message>
        <message>
            <source>false windows per hour {threshold}</source>
            <translation>falsche Fenster in der Stunde {threshold}</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgelassen</translation>
        </message>
        <message>
            <source>making clips</source>
            <translation>Clips werden gemacht</translation>
        </message>
        <message>
            <source>negative</source>
            <translation>negativ</translation>
        </message>
        <message>
            <source>scanning with {name}</source>
            <translation>Durchsucht mit {name}</translation>
        </message>
        <message>
            <source>spasms found</source>
            <translation>gefundene Spasmen</translation>
        </message>
        <message>
            <source>spasms found at {rate} false alarms an hour</source>
            <translation>gefundene Spasmen bei {rate} Fehlalarmen in der Stunde</translation>
        </message>
        <message>
            <source>spasms found, both at {rate}</source>
            <translation>gefundene Spasmen, beide bei {rate}</translation>
        </message>
        <message>
            <source>spasms found, each at its own operating point</source>
            <translation>gefundene Spasmen, jedes am eigenen Arbeitspunkt</translation>
        </message>
        <message>
            <source>window AUC</source>
            <translation>AUC der Fenster</translation>
        </message>
        <message>
            <source>window AUC, mean over patients</source>
            <translation>AUC der Fenster, Mittel über Patienten</translation>
        </message>
        <message>
            <source>window PR-AUC</source>
            <translation>PR-AUC der Fenster</translation>
        </message>
        <message>
            <source>window accuracy {threshold}</source>
            <translation>Genauigkeit der Fenster {threshold}</translation>
        </message>
        <message>
            <source>window sensitivity {threshold}</source>
            <translation>Sensitivität der Fenster {threshold}</translation>
        </message>
        <message>
            <source>window specificity {threshold}</source>
            <translation>Spezifität der Fenster {threshold}</translation>
        </message>
        <message>
            <source>{changed} changed since then, among them {file}.</source>
            <translation>Seither geändert: {changed}, darunter {file}.</translation>
        </message>
        <message>
            <source>{current} is the current bundle by now, and not {name}; compare with that one.</source>
            <translation>{current} ist inzwischen das jetzige Modellpaket und nicht {name}; vergleichen Sie damit.</translation>
        </message>
        <message>
            <source>{error} Bring it back, or train without what is missing (--without-missing).</source>
            <translation>{error} Holen Sie sie zurück, oder trainieren Sie ohne das Fehlende (--without-missing).</translation>
        </message>
        <message>
            <source>{file} cannot be read: {error}.</source>
            <translation>{file} ist nicht lesbar: {error}.</translation>
        </message>
        <message>
            <source>{file} holds no labels: it needs the columns of our own table (start_s, stop_s, label) or of BIDS events (onset, duration, trial_type).</source>
            <translation>{file} enthält keine Labels: Es braucht die Spalten unserer eigenen Tabelle (start_s, stop_s, label) oder von BIDS-Ereignissen (onset, duration, trial_type).</translation>
        </message>
        <message>
            <source>{file} holds no words of {rater}; it has those of {raters}.</source>
            <translation>{file} enthält keine Worte von {rater}, aber die von {raters}.</translation>
        </message>
        <message>
            <source>{file} holds the words of {raters}: say whose are wanted.</source>
            <translation>{file} enthält die Worte von {raters}: Sagen Sie, wessen gemeint sind.</translation>
        </message>
        <message>
            <source>{file} is no text in UTF-8; save it as such.</source>
            <translation>{file} ist kein Text in UTF-8; speichern Sie die Datei so.</translation>
        </message>
        <message>
            <source>{file} is not the file that was labelled.</source>
            <translation>{file} ist nicht die Datei, die beurteilt wurde.</translation>
        </message>
        <message>
            <source>{file} is the same clip as another one, and was taken once.</source>
            <translation>{file} ist derselbe Clip wie ein anderer und wurde einmal genommen.</translation>
        </message>
        <message>
            <source>{file} lasts {seconds} s and was left out: clips are of 5 s.</source>
            <translation>{file} dauert {seconds} s und ist ausgelassen: Clips haben 5 s.</translation>
        </message>
        <message>
            <source>{file} shows a spasm, but {table} calls its patient healthy.</source>
            <translation>{file} zeigt einen Spasmus, aber {table} nennt den Patienten gesund.</translation>
        </message>
        <message>
            <source>{folder} holds no clips: put them into {spasms} and {others}.</source>
            <translation>{folder} enthält keine Clips: Legen Sie sie in {spasms} und {others}.</translation>
        </message>
        <message>
            <source>{left} of {windows} windows lie where nothing can be decoded, or in gaps, and are left out.</source>
            <translation>{left} von {windows} Fenstern liegen, wo nichts lesbar ist, oder in Lücken; sie sind ausgelassen.</translation>
        </message>
        <message>
            <source>{measure}, mean of patients</source>
            <translation>{measure}, Mittel der Patienten</translation>
        </message>
        <message>
            <source>{measure}, pooled</source>
            <translation>{measure}, alle zusammen</translation>
        </message>
        <message>
            <source>{name} cannot be reached any more; the scan waits. What was scanned is kept.</source>
            <translation>{name} ist nicht mehr erreichbar; der Scan wartet. Was gescannt wurde, bleibt erhalten.</translation>
        </message>
        <message>
            <source>{name} cannot be read ({error}); copy it to a local drive and try again.</source>
            <translation>{name} kann nicht gelesen werden ({error}); kopieren Sie die Datei auf ein lokales Laufwerk und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>{name} does not lie in a folder of bundles, where scans would find it: move it there to promote it.</source>
            <translation>{name} liegt nicht in einem Ordner für Modellpakete, wo das Durchsuchen es fände: Legen Sie es dorthin, um es zu übernehmen.</translation>
        </message>
        <message>
            <source>{name} has no operating point, so nothing would be flagged: it cannot be promoted.</source>
            <translation>{name} hat keinen Arbeitspunkt, darum würde nichts markiert: Es kann nicht übernommen werden.</translation>
        </message>
        <message>
            <source>{name} is a link to a file that is gone; choose the file itself.</source>
            <translation>{name} ist eine Verknüpfung mit einer Datei, die es nicht mehr gibt; wählen Sie die Datei selbst.</translation>
        </message>
        <message>
            <source>{name} is back; the scan goes on.</source>
            <translation>{name} ist wieder da; der Scan geht weiter.</translation>
        </message>
        <message>
            <source>{name} is empty; copy it again from where it was recorded.</source>
            <translation>{name} ist leer; kopieren Sie die Datei noch einmal von dort, wo sie aufgenommen wurde.</translation>
        </message>
        <message>
            <source>{name} is gone; was its drive taken away? What was done so far is kept: put the file back and start again to go on from there.</source>
            <translation>{name} ist weg; wurde das Laufwerk entfernt? Was bisher getan ist, bleibt erhalten: Legen Sie die Datei zurück, und beginnen Sie neu; es geht von dort weiter.</translation>
        </message>
        <message>
            <source>{name} is not the file that the library knew under this name: it is a new recording, and labels and scores stay with the earlier one.</source>
            <translation>{name} ist nicht die Datei, die die Bibliothek unter diesem Namen kannte: Sie ist eine neue Aufnahme, Labels und Werte bleiben bei der früheren.</translation>
        </message>
        <message>
            <source>{name} is the current bundle already; there is nothing to compare.</source>
            <translation>{name} ist schon das jetzige Modellpaket; es gibt nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>{name} may not be read by this user; ask for permission to read it.</source>
            <translation>{name} darf von diesem Benutzer nicht gelesen werden; bitten Sie um das Recht dazu.</translation>
        </message>
        <message>
            <source>{name} stopped being readable ({error}); is its drive still there?</source>
            <translation>{name} ist nicht mehr lesbar ({error}); ist das Laufwerk noch da?</translation>
        </message>
        <message>
            <source>{name} was trained on a snapshot of another library: whether the patients of this comparison were among them cannot be told. If they were, its figures flatter it.</source>
            <translation>{name} wurde an einer Momentaufnahme einer anderen Bibliothek trainiert: Ob Patienten dieses Vergleichs darunter waren, lässt sich nicht sagen. Wenn ja, schmeicheln ihm seine Zahlen.</translation>
        </message>
        <message>
            <source>{name} was trained on one patient alone. It can be promoted only after a test on what was recorded later: finalise later time of this patient.</source>
            <translation>{name} wurde an einem einzigen Patienten trainiert. Es kann erst nach einer Prüfung an später Aufgenommenem übernommen werden: Schließen Sie spätere Zeit dieses Patienten ab.</translation>
        </message>
        <message>
            <source>{name} was trained on one patient, whom this library does not know: it cannot be promoted here.</source>
            <translation>{name} wurde an einem einzigen Patienten trainiert, den diese Bibliothek nicht kennt: Es kann hier nicht übernommen werden.</translation>
        </message>
        <message>
            <source>{one} and {other} are the same clip, but of two patients or with two labels: correct {table} or the folders.</source>
            <translation>{one} und {other} sind derselbe Clip, aber von zwei Patienten oder mit zwei Labels: Berichtigen Sie {table} oder die Ordner.</translation>
        </message>
        <message>
            <source>{rate} false alarms an hour</source>
            <translation>{rate} Fehlalarmen in der Stunde</translation>
        </message>
        <message>
            <source>{rules} Windows are called at a score of {value} or more, where the network's own output is {output}, as published. Reviewing an event takes {seconds} s before its peak and a little after it. Intervals are of 95 %; for figures of all patients together these are resampled {draws} times with seed {seed}.</source>
            <translation>{rules} Fenster gelten ab einem Wert von {value} als Spasmus, wo die eigene Ausgabe des Netzes {output} ist, wie veröffentlicht. Ein Ereignis zu sichten, dauert {seconds} s vor seinem Gipfel und etwas danach. Intervalle sind 95-%-Intervalle; für Zahlen aller Patienten zusammen werden diese {draws}-mal neu gezogen, mit dem Startwert {seed}.</translation>
        </message>
        <message>
            <source>{start} s to {stop} s is not within the recording's {end} s</source>
            <translation>{start} s bis {stop} s liegt nicht innerhalb der {end} s der Aufnahme</translation>
        </message>
        <message>
            <source>{table} cannot be read ({error}): a table with the columns file, patient and healthy tells whose clips these are.</source>
            <translation>{table} ist nicht lesbar ({error}): Eine Tabelle mit den Spalten file, patient und healthy sagt, von wem die Clips sind.</translation>
        </message>
        <message>
            <source>{table} does not say whose clip {file} is: a clip needs a patient.</source>
            <translation>{table} sagt nicht, von wem der Clip {file} ist: Ein Clip braucht einen Patienten.</translation>
        </message>
        <message>
            <source>{table} is no table: save it as CSV in UTF-8.</source>
            <translation>{table} ist keine Tabelle: Speichern Sie sie als CSV in UTF-8.</translation>
        </message>
        <message>
            <source>{table} names {missing} not in the folder, among them {file}.</source>
            <translation>{table} nennt Dateien, die nicht im Ordner sind ({missing}), darunter {file}.</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>Review as another person…</source>
            <translation>Als andere Person sichten …</translation>
        </message>
    </context>
    <context>
        <name>NeighbourBars</name>
        <message>
            <source>Scores of the windows beside it</source>
            <translation>Werte der Fenster daneben</translation>
        </message>
    </context>
    <context>
        <name>NewSnapshotDialog</name>
        <message>
            <source>&amp;Without clips</source>
            <translation>&amp;Ohne Clips</translation>
        </message>
        <message>
            <source>Also learn from 5-s files in the folders spasm and not_spasm, with a table of patients.</source>
            <translation>Auch aus 5-s-Dateien in den Ordnern spasm und not_spasm lernen, mit einer Tabelle der Patienten.</translation>
        </message>
        <message>
            <source>Clips</source>
            <translation>Clips</translation>
        </message>
        <message>
            <source>Folder of clips</source>
            <translation>Ordner mit Clips</translation>
        </message>
        <message>
            <source>Folder with spasm, not_spasm and patients.csv</source>
            <translation>Ordner mit spasm, not_spasm und patients.csv</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Festhalten</translation>
        </message>
        <message>
            <source>Healthy</source>
            <translation>Gesund</translation>
        </message>
        <message>
            <source>Learn from the library's recordings alone.</source>
            <translation>Nur aus den Aufnahmen der Bibliothek lernen.</translation>
        </message>
        <message>
            <source>Mark who has no epilepsy: healthy patients always train.</source>
            <translation>Markieren Sie, wer keine Epilepsie hat: Gesunde trainieren immer.</translation>
        </message>
        <message>
            <source>Mark who is healthy. They always train; nothing is tuned on them and no bundle compared.</source>
            <translation>Markieren Sie, wer gesund ist. Gesunde trainieren immer; an ihnen wird nichts abgestimmt und kein Modellpaket verglichen.</translation>
        </message>
        <message>
            <source>May be left empty; do not name patients in it.</source>
            <translation>Kann leer bleiben; nennen Sie darin keine Patienten.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name of the snapshot</source>
            <translation>Name der Momentaufnahme</translation>
        </message>
        <message>
            <source>New snapshot</source>
            <translation>Neue Momentaufnahme</translation>
        </message>
        <message>
            <source>No recording says whose it is yet: name patients on the page Recordings.</source>
            <translation>Noch sagt keine Aufnahme, von wem sie ist: Nennen Sie Patienten auf der Seite „Aufnahmen“.</translation>
        </message>
        <message>
            <source>None. It would hold 5-s files in spasm and not_spasm, and patients.csv: file,patient,healthy.</source>
            <translation>Keiner. Er enthielte 5-s-Dateien in spasm und not_spasm und patients.csv: file,patient,healthy.</translation>
        </message>
        <message>
            <source>Patients without epilepsy</source>
            <translation>Patienten ohne Epilepsie</translation>
        </message>
        <message>
            <source>Several raters</source>
            <translation>Mehrere Beurteilende</translation>
        </message>
        <message>
            <source>Use a folder of &amp;clips…</source>
            <translation>Ordner mit &amp;Clips nehmen…</translation>
        </message>
        <message>
            <source>What marking a patient means</source>
            <translation>Was das Markieren eines Patienten bedeutet</translation>
        </message>
        <message>
            <source>Where several raters judged</source>
            <translation>Wo mehrere geurteilt haben</translation>
        </message>
        <message>
            <source>the share of them that says spasm</source>
            <translation>der Anteil, der Spasmus sagt</translation>
        </message>
        <message>
            <source>what I say where I have looked</source>
            <translation>was ich sage, wo ich gesichtet habe</translation>
        </message>
        <message>
            <source>what most of them say; a draw is left out</source>
            <translation>was die meisten sagen; bei Gleichstand ausgelassen</translation>
        </message>
    </context>
    <context>
        <name>NoteLine</name>
        <message>
            <source>Give a verdict first, then a note.</source>
            <translation>Geben Sie zuerst ein Urteil ab, dann eine Notiz.</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Note (free text)</source>
            <translation>Notiz (freier Text)</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Research use only. Not for diagnosis. Not an alarm.</source>
            <translation>Nur für die Forschung. Nicht zur Diagnose. Kein Alarm.</translation>
        </message>
        <message>
            <source>The starter model was trained on synthetic phantoms; how it does on real infants is unknown. It is for trying the program and as a place to start from.</source>
            <translation>Das Startmodell wurde an künstlichen Phantomen trainiert; wie gut es bei echten Säuglingen ist, ist unbekannt. Es ist zum Ausprobieren des Programms da und als Ausgangspunkt.</translation>
        </message>
    </context>
    <context>
        <name>Opening</name>
        <message>
            <source>Demo recording</source>
            <translation>Demo-Aufnahme</translation>
        </message>
        <message>
            <source>Making the demo recording: {share} %</source>
            <translation>Die Demo-Aufnahme wird hergestellt: {share} %</translation>
        </message>
        <message>
            <source>Making the demo recording…</source>
            <translation>Die Demo-Aufnahme wird hergestellt…</translation>
        </message>
        <message>
            <source>Open a recording first.</source>
            <translation>Öffnen Sie zuerst eine Aufnahme.</translation>
        </message>
    </context>
    <context>
        <name>Overview</name>
        <message>
            <source>At {time}. Left and right go a page.</source>
            <translation>Bei {time}. Links und rechts gehen eine Seite weiter.</translation>
        </message>
        <message>
            <source>Clusters</source>
            <translation>Cluster</translation>
        </message>
        <message>
            <source>Looked at</source>
            <translation>Gesichtet</translation>
        </message>
        <message>
            <source>Night</source>
            <translation>Nacht</translation>
        </message>
        <message>
            <source>Overview of the recording</source>
            <translation>Überblick über die Aufnahme</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>Werte</translation>
        </message>
    </context>
    <context>
        <name>PictureView</name>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Wheel: zoom. Drag: move. Double click: full screen.</source>
            <translation>Rad: zoomen. Ziehen: verschieben. Doppelklick: Vollbild.</translation>
        </message>
        <message>
            <source>{elapsed} from the start</source>
            <translation>{elapsed} seit Beginn</translation>
        </message>
    </context>
    <context>
        <name>Player</name>
        <message>
            <source>no video {start}–{stop}</source>
            <translation>kein Video {start}–{stop}</translation>
        </message>
        <message>
            <source>video cannot be read {start}–{stop}</source>
            <translation>Video nicht lesbar {start}–{stop}</translation>
        </message>
        <message>
            <source>{rate}×</source>
            <translation>{rate}×</translation>
        </message>
    </context>
    <context>
        <name>PlayerView</name>
        <message>
            <source>Player</source>
            <translation>Wiedergabe</translation>
        </message>
    </context>
    <context>
        <name>RaterBox</name>
        <message>
            <source>Name or initials</source>
            <translation>Name oder Initialen</translation>
        </message>
        <message>
            <source>Who reviews</source>
            <translation>Wer sichtet</translation>
        </message>
    </context>
    <context>
        <name>RaterDialog</name>
        <message>
            <source>Every label carries the name of the person who gave it. Initials are enough. Names stay in the library; reports and exports hold them only if you tick that.</source>
            <translation>Jedes Label trägt den Namen der Person, die es vergeben hat. Initialen genügen. Namen bleiben in der Bibliothek; Berichte und Exporte enthalten sie nur, wenn Sie das ankreuzen.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Sichten</translation>
        </message>
        <message>
            <source>Who reviews?</source>
            <translation>Wer sichtet?</translation>
        </message>
    </context>
    <context>
        <name>Reading</name>
        <message>
            <source>All flags from here on have your verdict; some before do not.</source>
            <translation>Alle Markierungen ab hier haben Ihr Urteil; einige davor noch nicht.</translation>
        </message>
        <message>
            <source>Nothing further is flagged at this operating point. What was not flagged may still hold spasms.</source>
            <translation>An diesem Arbeitspunkt ist weiter nichts markiert. Auch was nicht markiert ist, kann Spasmen enthalten.</translation>
        </message>
        <message>
            <source>Nothing further is flagged so far; part of the recording is not scanned yet.</source>
            <translation>Bisher ist weiter nichts markiert; ein Teil der Aufnahme ist noch nicht durchsucht.</translation>
        </message>
        <message>
            <source>The operating point cannot be moved: the bundle that scanned this recording is not calibrated, is not on this computer, or is still being looked up.</source>
            <translation>Der Arbeitspunkt lässt sich nicht verschieben: Das Modellpaket, das diese Aufnahme gescannt hat, ist nicht kalibriert, nicht auf diesem Rechner oder wird noch gesucht.</translation>
        </message>
        <message>
            <source>This is the first one.</source>
            <translation>Dies ist die erste.</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>Being scanned: {share}</source>
            <translation>Wird durchsucht: {share}</translation>
        </message>
        <message numerus="yes">
            <source>Missing files: %n</source>
            <translation>
                <numerusform>%n Datei fehlt</numerusform>
                <numerusform>%n Dateien fehlen</numerusform>
            </translation>
        </message>
        <message>
            <source>Not scanned</source>
            <translation>Nicht durchsucht</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>Wird geöffnet…</translation>
        </message>
        <message>
            <source>Scanned</source>
            <translation>Durchsucht</translation>
        </message>
        <message>
            <source>Scanned in part: {share} %</source>
            <translation>Teilweise durchsucht: {share} %</translation>
        </message>
        <message>
            <source>Scanned, but {duration} cannot be read</source>
            <translation>Gescannt, aber {duration} nicht lesbar</translation>
        </message>
        <message>
            <source>Waits for its scan</source>
            <translation>Wartet auf das Durchsuchen</translation>
        </message>
        <message>
            <source>{left} of {flags}</source>
            <translation>{left} von {flags}</translation>
        </message>
        <message>
            <source>{name} and {count} more</source>
            <translation>{name} und {count} weitere</translation>
        </message>
        <message>
            <source>{name} is not the file that belongs to this recording: what the player shows is not what was scanned and labelled. Put the old file back, or open the new one as a recording of its own.</source>
            <translation>{name} ist nicht die Datei, die zu dieser Aufnahme gehört: Was der Player zeigt, ist nicht, was gescannt und beurteilt wurde. Legen Sie die alte Datei zurück oder öffnen Sie die neue als eigene Aufnahme.</translation>
        </message>
    </context>
    <context>
        <name>RecordingsModel</name>
        <message>
            <source>Begins</source>
            <translation>Beginnt</translation>
        </message>
        <message>
            <source>Clusters</source>
            <translation>Cluster</translation>
        </message>
        <message>
            <source>Hours</source>
            <translation>Stunden</translation>
        </message>
        <message>
            <source>Left to review</source>
            <translation>Noch zu sichten</translation>
        </message>
        <message>
            <source>Not there any more; “Find files…” looks for them by what is in them:</source>
            <translation>Nicht mehr da; „Dateien suchen…“ sucht sie nach ihrem Inhalt:</translation>
        </message>
        <message>
            <source>Of what a calibrated bundle flagged, at the operating point of the settings.</source>
            <translation>Von dem, was ein kalibriertes Modellpaket am Arbeitspunkt der Einstellungen markiert hat.</translation>
        </message>
        <message>
            <source>Patient</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Scanned by</source>
            <translation>Durchsucht von</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
    </context>
    <context>
        <name>RecordingsPage</name>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>&amp;Delete…</source>
            <translation>&amp;Löschen…</translation>
        </message>
        <message>
            <source>&amp;Keep</source>
            <translation>&amp;Behalten</translation>
        </message>
        <message>
            <source>&amp;Open files…</source>
            <translation>Dateien &amp;öffnen…</translation>
        </message>
        <message>
            <source>&amp;Patient…</source>
            <translation>&amp;Patient…</translation>
        </message>
        <message>
            <source>&amp;Review</source>
            <translation>&amp;Sichten</translation>
        </message>
        <message>
            <source>&amp;Scan…</source>
            <translation>&amp;Durchsuchen…</translation>
        </message>
        <message>
            <source>A folder that holds one recording.</source>
            <translation>Ein Ordner, der eine Aufnahme enthält.</translation>
        </message>
        <message>
            <source>Bring the chosen recording under review (Enter).</source>
            <translation>Die gewählte Aufnahme sichten (Eingabe).</translation>
        </message>
        <message>
            <source>Delete from the library</source>
            <translation>Aus der Bibliothek löschen</translation>
        </message>
        <message>
            <source>Delete from the library: {names}?</source>
            <translation>Aus der Bibliothek löschen: {names}?</translation>
        </message>
        <message>
            <source>Delete from the library; the files stay where they are.</source>
            <translation>Aus der Bibliothek löschen; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Drop video files or folders here, or choose “Open files…”.</source>
            <translation>Ziehen Sie Videodateien oder Ordner hierher, oder wählen Sie „Dateien öffnen…“.</translation>
        </message>
        <message>
            <source>Enter or a double click brings a recording under review.</source>
            <translation>Eingabe oder Doppelklick öffnet eine Aufnahme zum Sichten.</translation>
        </message>
        <message>
            <source>Find a recording</source>
            <translation>Aufnahme suchen</translation>
        </message>
        <message>
            <source>Find a recording by name, patient, date, folder or bundle</source>
            <translation>Aufnahme suchen nach Name, Patient, Datum, Ordner oder Modellpaket</translation>
        </message>
        <message>
            <source>Find f&amp;iles…</source>
            <translation>Dateien s&amp;uchen…</translation>
        </message>
        <message>
            <source>Folder in which to look for the missing files</source>
            <translation>Ordner, in dem die fehlenden Dateien gesucht werden</translation>
        </message>
        <message>
            <source>Folder of one recording</source>
            <translation>Ordner einer Aufnahme</translation>
        </message>
        <message>
            <source>Look for missing files in a folder, by what is in them.</source>
            <translation>Fehlende Dateien in einem Ordner suchen, nach ihrem Inhalt.</translation>
        </message>
        <message>
            <source>Look for spasms in the chosen recordings (Ctrl+R).</source>
            <translation>In den gewählten Aufnahmen nach Spasmen suchen (Strg+R).</translation>
        </message>
        <message>
            <source>Open &amp;folder…</source>
            <translation>O&amp;rdner öffnen…</translation>
        </message>
        <message>
            <source>Patient</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>Pseudonym of the patient (never the name):</source>
            <translation>Pseudonym des Kindes (nie der Name):</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Recordings in the library</source>
            <translation>Aufnahmen in der Bibliothek</translation>
        </message>
        <message>
            <source>Say whose recording it is.</source>
            <translation>Angeben, von wem die Aufnahme ist.</translation>
        </message>
        <message>
            <source>The files of one recording (Ctrl+O).</source>
            <translation>Die Dateien einer Aufnahme (Strg+O).</translation>
        </message>
        <message>
            <source>Their scores are deleted, and what all raters said: {count} annotations. A backup is made first; it and earlier ones keep both for up to a year. The video files stay where they are and are not changed.</source>
            <translation>Gelöscht werden die Werte und alles, was dazu gesagt wurde: {count} Aussagen. Vorher wird gesichert; diese Sicherung und frühere bewahren beides bis zu einem Jahr auf. Die Videodateien bleiben, wo sie sind, und werden nicht verändert.</translation>
        </message>
        <message>
            <source>Video and EEG files of one recording</source>
            <translation>Video- und EEG-Dateien einer Aufnahme</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>Analysable</source>
            <translation>Auswertbar</translation>
        </message>
        <message>
            <source>Apr</source>
            <translation>Apr</translation>
        </message>
        <message>
            <source>Aug</source>
            <translation>Aug</translation>
        </message>
        <message>
            <source>Bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Clusters of two or more: {clusters}. Lone spasms: {lone}. Spasms that follow each other within {gap} s are one cluster.</source>
            <translation>Cluster aus zwei oder mehr: {clusters}. Einzelne Spasmen: {lone}. Spasmen, die innerhalb von {gap} s aufeinander folgen, sind ein Cluster.</translation>
        </message>
        <message>
            <source>Crop, stride</source>
            <translation>Ausschnitt, Schrittweite</translation>
        </message>
        <message>
            <source>Dec</source>
            <translation>Dez</translation>
        </message>
        <message>
            <source>Dial of 24 hours with the spasms of each hour</source>
            <translation>Zifferblatt mit 24 Stunden und den Spasmen jeder Stunde</translation>
        </message>
        <message>
            <source>Feb</source>
            <translation>Feb</translation>
        </message>
        <message>
            <source>Flags</source>
            <translation>Markierungen</translation>
        </message>
        <message>
            <source>Flags are suggestions of a model. The predicted rate of false alarms was measured on other recordings.</source>
            <translation>Markierungen sind Vorschläge eines Modells. Die vorhergesagte Rate der Fehlalarme wurde an anderen Aufnahmen gemessen.</translation>
        </message>
        <message>
            <source>Flags without a verdict: {count}.</source>
            <translation>Markierungen ohne Urteil: {count}.</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>Fr</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>Jan</translation>
        </message>
        <message>
            <source>Jul</source>
            <translation>Jul</translation>
        </message>
        <message>
            <source>Jun</source>
            <translation>Jun</translation>
        </message>
        <message>
            <source>Looked at by the rater</source>
            <translation>Von der beurteilenden Person gesichtet</translation>
        </message>
        <message>
            <source>Mar</source>
            <translation>Mär</translation>
        </message>
        <message>
            <source>May</source>
            <translation>Mai</translation>
        </message>
        <message>
            <source>Mon</source>
            <translation>Mo</translation>
        </message>
        <message>
            <source>No model has looked at this recording.</source>
            <translation>Kein Modell hat diese Aufnahme durchsucht.</translation>
        </message>
        <message>
            <source>Not all video was scored by the model.</source>
            <translation>Nicht alles Video wurde vom Modell bewertet.</translation>
        </message>
        <message>
            <source>Not analysable, as the rater says</source>
            <translation>Nicht auswertbar laut Beurteilung</translation>
        </message>
        <message>
            <source>Not scanned yet</source>
            <translation>Noch nicht durchsucht</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Notizen</translation>
        </message>
        <message>
            <source>Nov</source>
            <translation>Nov</translation>
        </message>
        <message>
            <source>Oct</source>
            <translation>Okt</translation>
        </message>
        <message>
            <source>Operating point</source>
            <translation>Arbeitspunkt</translation>
        </message>
        <message>
            <source>Others who labelled this recording</source>
            <translation>Andere, die diese Aufnahme beurteilt haben</translation>
        </message>
        <message>
            <source>Patient</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>Predicted false alarms</source>
            <translation>Vorhergesagte Fehlalarme</translation>
        </message>
        <message>
            <source>Rater</source>
            <translation>Beurteilende Person</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>Aufgenommen</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Report of a review</source>
            <translation>Bericht über eine Sichtung</translation>
        </message>
        <message>
            <source>Research use only. Not for diagnosis. Not an alarm.</source>
            <translation>Nur für die Forschung. Nicht zur Diagnose. Kein Alarm.</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>Sa</translation>
        </message>
        <message>
            <source>Scored</source>
            <translation>Bewertet</translation>
        </message>
        <message>
            <source>Sep</source>
            <translation>Sep</translation>
        </message>
        <message>
            <source>Spasms</source>
            <translation>Spasmen</translation>
        </message>
        <message>
            <source>Spasms by the clock</source>
            <translation>Spasmen nach Uhrzeit</translation>
        </message>
        <message>
            <source>Spasms: {count}</source>
            <translation>Spasmen: {count}</translation>
        </message>
        <message>
            <source>Starts</source>
            <translation>Beginnt</translation>
        </message>
        <message>
            <source>Subtle spasms, spasms out of the picture and spasms in time without usable video are missed. A video shows no EEG: whether a movement is an epileptic spasm is not decided by it alone.</source>
            <translation>Subtile Spasmen, Spasmen außerhalb des Bildes und Spasmen in Zeit ohne brauchbares Video werden verpasst. Ein Video zeigt kein EEG: ob eine Bewegung ein epileptischer Spasmus ist, entscheidet es allein nicht.</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>So</translation>
        </message>
        <message>
            <source>Suspected spasms in a recording of {length}</source>
            <translation>Vermutete Spasmen in einer Aufnahme von {length}</translation>
        </message>
        <message>
            <source>The model's part</source>
            <translation>Der Anteil des Modells</translation>
        </message>
        <message>
            <source>The rater has called nothing a spasm so far. That does not tell whether there were spasms.</source>
            <translation>Bisher wurde nichts als Spasmus beurteilt. Das sagt nicht, ob es Spasmen gab.</translation>
        </message>
        <message>
            <source>The starter model was trained on synthetic phantoms; how it does on real infants is unknown. It is for trying the program and as a place to start from.</source>
            <translation>Das Startmodell wurde an künstlichen Phantomen trainiert; wie gut es bei echten Säuglingen ist, ist unbekannt. Es ist zum Ausprobieren des Programms da und als Ausgangspunkt.</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>Do</translation>
        </message>
        <message>
            <source>Time without events may still hold spasms.</source>
            <translation>Auch Zeit ohne Ereignisse kann Spasmen enthalten.</translation>
        </message>
        <message>
            <source>Timeline of the recording with the model's trace and flags</source>
            <translation>Zeitleiste der Aufnahme mit der Kurve des Modells und seinen Markierungen</translation>
        </message>
        <message>
            <source>Too short for a window</source>
            <translation>Zu kurz für ein Fenster</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>Di</translation>
        </message>
        <message>
            <source>Undecodable</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>Verdicts</source>
            <translation>Urteile</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>Mi</translation>
        </message>
        <message>
            <source>What the spasms looked like</source>
            <translation>Wie die Spasmen aussahen</translation>
        </message>
        <message>
            <source>What this cannot tell</source>
            <translation>Was dies nicht sagen kann</translation>
        </message>
        <message>
            <source>What was recorded and looked at</source>
            <translation>Was aufgenommen und gesichtet wurde</translation>
        </message>
        <message>
            <source>Without video</source>
            <translation>Ohne Video</translation>
        </message>
        <message>
            <source>a spasm</source>
            <translation>ein Spasmus</translation>
        </message>
        <message>
            <source>analysable</source>
            <translation>auswertbar</translation>
        </message>
        <message>
            <source>arousal</source>
            <translation>Wachheit</translation>
        </message>
        <message>
            <source>artefact</source>
            <translation>Artefakt</translation>
        </message>
        <message>
            <source>asleep</source>
            <translation>im Schlaf</translation>
        </message>
        <message>
            <source>awake</source>
            <translation>wach</translation>
        </message>
        <message>
            <source>begun {day}</source>
            <translation>begonnen {day}</translation>
        </message>
        <message>
            <source>bundle {name}</source>
            <translation>Modellpaket {name}</translation>
        </message>
        <message>
            <source>cannot be decoded</source>
            <translation>nicht lesbar</translation>
        </message>
        <message>
            <source>clock</source>
            <translation>Uhrzeit</translation>
        </message>
        <message>
            <source>cluster</source>
            <translation>Cluster</translation>
        </message>
        <message>
            <source>cluster of two or more, with its events</source>
            <translation>Cluster aus zwei oder mehr, mit Zahl der Ereignisse</translation>
        </message>
        <message>
            <source>clusters</source>
            <translation>Cluster</translation>
        </message>
        <message>
            <source>cry</source>
            <translation>Schreien</translation>
        </message>
        <message>
            <source>cry afterwards</source>
            <translation>danach Schreien</translation>
        </message>
        <message>
            <source>enter</source>
            <translation>Eintritt</translation>
        </message>
        <message>
            <source>enter {enter}, leave {leave}</source>
            <translation>Eintritt {enter}, Austritt {leave}</translation>
        </message>
        <message>
            <source>event</source>
            <translation>Ereignis</translation>
        </message>
        <message>
            <source>events</source>
            <translation>Ereignisse</translation>
        </message>
        <message>
            <source>events: {events}, clusters of two or more: {clusters}</source>
            <translation>Ereignisse: {events}, Cluster aus zwei oder mehr: {clusters}</translation>
        </message>
        <message>
            <source>extensor</source>
            <translation>Strecker</translation>
        </message>
        <message>
            <source>flexor</source>
            <translation>Beuger</translation>
        </message>
        <message>
            <source>form</source>
            <translation>Form</translation>
        </message>
        <message>
            <source>from</source>
            <translation>von</translation>
        </message>
        <message>
            <source>given</source>
            <translation>vergeben</translation>
        </message>
        <message>
            <source>high score</source>
            <translation>hoher Wert</translation>
        </message>
        <message>
            <source>label</source>
            <translation>Label</translation>
        </message>
        <message>
            <source>lasts</source>
            <translation>dauert</translation>
        </message>
        <message>
            <source>leave</source>
            <translation>Austritt</translation>
        </message>
        <message>
            <source>local time ({zone} at the start)</source>
            <translation>Ortszeit ({zone} zu Beginn)</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>gesichtet</translation>
        </message>
        <message>
            <source>low score</source>
            <translation>niedriger Wert</translation>
        </message>
        <message>
            <source>mixed</source>
            <translation>gemischt</translation>
        </message>
        <message>
            <source>more on the infant's left</source>
            <translation>mehr auf der linken Seite des Kindes</translation>
        </message>
        <message>
            <source>more on the infant's right</source>
            <translation>mehr auf der rechten Seite des Kindes</translation>
        </message>
        <message>
            <source>no cry afterwards</source>
            <translation>danach kein Schreien</translation>
        </message>
        <message>
            <source>no video (gap)</source>
            <translation>kein Video (Lücke)</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>not a spasm</source>
            <translation>kein Spasmus</translation>
        </message>
        <message>
            <source>not analysable</source>
            <translation>nicht auswertbar</translation>
        </message>
        <message>
            <source>not said</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <source>not scanned yet</source>
            <translation>noch nicht durchsucht</translation>
        </message>
        <message>
            <source>note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>number {number} of the library, files: {files}</source>
            <translation>Nummer {number} der Bibliothek, Dateien: {files}</translation>
        </message>
        <message>
            <source>on waking</source>
            <translation>beim Aufwachen</translation>
        </message>
        <message>
            <source>operating point: enter {enter}, leave {leave}, predicted false alarms an hour: {rate}</source>
            <translation>Arbeitspunkt: Eintritt {enter}, Austritt {leave}, vorhergesagte Fehlalarme pro Stunde: {rate}</translation>
        </message>
        <message>
            <source>other seizure</source>
            <translation>anderer Anfall</translation>
        </message>
        <message>
            <source>perhaps not analysable</source>
            <translation>vielleicht nicht auswertbar</translation>
        </message>
        <message>
            <source>rater {number}</source>
            <translation>Beurteilende Person {number}</translation>
        </message>
        <message>
            <source>score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>score (0–1)</source>
            <translation>Wert (0–1)</translation>
        </message>
        <message>
            <source>side</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>spacing in s: median, least, most</source>
            <translation>Abstand in s: Median, kleinster, größter</translation>
        </message>
        <message>
            <source>spasm</source>
            <translation>Spasmus</translation>
        </message>
        <message>
            <source>spasms</source>
            <translation>Spasmen</translation>
        </message>
        <message>
            <source>spasms in the hour</source>
            <translation>Spasmen in der Stunde</translation>
        </message>
        <message>
            <source>subtle</source>
            <translation>subtil</translation>
        </message>
        <message>
            <source>symmetric</source>
            <translation>symmetrisch</translation>
        </message>
        <message>
            <source>the bundle has no calibrated operating point, so nothing was flagged</source>
            <translation>das Modellpaket hat keinen kalibrierten Arbeitspunkt, darum wurde nichts markiert</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>too short for a window</source>
            <translation>zu kurz für ein Fenster</translation>
        </message>
        <message>
            <source>unsure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>{crop}; {stride} grid frames</source>
            <translation>{crop}; {stride} Rasterbilder</translation>
        </message>
        <message>
            <source>{flags}, of which without a verdict of the rater: {left}</source>
            <translation>{flags}, davon ohne Urteil der beurteilenden Person: {left}</translation>
        </message>
        <message>
            <source>{rate} an hour</source>
            <translation>{rate} pro Stunde</translation>
        </message>
        <message>
            <source>{start} to {stop} ({seconds} s)</source>
            <translation>{start} bis {stop} ({seconds} s)</translation>
        </message>
        <message>
            <source>{time} of the analysable time</source>
            <translation>{time} der auswertbaren Zeit</translation>
        </message>
        <message>
            <source>{time} of the analysable time was not looked at by the rater; whether there were spasms in it is unknown.</source>
            <translation>{time} der auswertbaren Zeit wurden von der beurteilenden Person nicht gesichtet; ob darin Spasmen waren, ist unbekannt.</translation>
        </message>
        <message>
            <source>{video} of video within {whole}</source>
            <translation>{video} Video innerhalb von {whole}</translation>
        </message>
    </context>
    <context>
        <name>ReportDialog</name>
        <message>
            <source>All that was said and found, for pipelines.</source>
            <translation>Alles, was gesagt und gefunden wurde, für Auswerteprogramme.</translation>
        </message>
        <message>
            <source>All that was said and scored, for spreadsheets.</source>
            <translation>Alles, was gesagt und gemessen wurde, für Tabellenprogramme.</translation>
        </message>
        <message>
            <source>Choose the folder</source>
            <translation>Ordner wählen</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Events (BIDS)</source>
            <translation>Ereignisse (BIDS)</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folder to write into</source>
            <translation>Zielordner</translation>
        </message>
        <message>
            <source>One file to read in any browser.</source>
            <translation>Eine Datei, die sich in jedem Browser lesen lässt.</translation>
        </message>
        <message>
            <source>Otherwise raters are numbered.</source>
            <translation>Sonst sind die Beurteilenden nummeriert.</translation>
        </message>
        <message>
            <source>Page (HTML)</source>
            <translation>Seite (HTML)</translation>
        </message>
        <message>
            <source>Paper (PDF)</source>
            <translation>Papier (PDF)</translation>
        </message>
        <message>
            <source>Report for the file</source>
            <translation>Bericht für die Akte</translation>
        </message>
        <message>
            <source>Tables (CSV)</source>
            <translation>Tabellen (CSV)</translation>
        </message>
        <message>
            <source>The files are written into this folder; nothing in it is overwritten.</source>
            <translation>Die Dateien werden in diesen Ordner geschrieben; nichts darin wird überschrieben.</translation>
        </message>
        <message>
            <source>The same page on A4.</source>
            <translation>Dieselbe Seite auf A4.</translation>
        </message>
        <message>
            <source>What may tell who it is about</source>
            <translation>Was verraten kann, um wen es geht</translation>
        </message>
        <message>
            <source>What to write</source>
            <translation>Was geschrieben wird</translation>
        </message>
        <message>
            <source>What was written freely may name people.</source>
            <translation>Frei Geschriebenes kann Menschen nennen.</translation>
        </message>
        <message>
            <source>With the notes</source>
            <translation>Mit den Notizen</translation>
        </message>
        <message>
            <source>With the raters' names and the patient's pseudonym</source>
            <translation>Mit den Namen der Beurteilenden und dem Pseudonym des Kindes</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Schreiben</translation>
        </message>
    </context>
    <context>
        <name>ReportsView</name>
        <message>
            <source>&amp;Evaluate…</source>
            <translation>&amp;Auswerten…</translation>
        </message>
        <message>
            <source>&amp;Open the report</source>
            <translation>Bericht ö&amp;ffnen</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>95-%-Intervall</translation>
        </message>
        <message>
            <source>Bundle to evaluate</source>
            <translation>Modellpaket, das ausgewertet wird</translation>
        </message>
        <message>
            <source>Compare the scans of this bundle with what raters finalised, and write a report.</source>
            <translation>Was dieses Modellpaket gefunden hat, mit dem vergleichen, was abgeschlossen wurde, und einen Bericht schreiben.</translation>
        </message>
        <message>
            <source>Figures of the evaluation</source>
            <translation>Zahlen der Auswertung</translation>
        </message>
        <message>
            <source>Folder to write into</source>
            <translation>Ordner, in den geschrieben wird</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Maß</translation>
        </message>
        <message>
            <source>Nothing was evaluated yet.</source>
            <translation>Noch wurde nichts ausgewertet.</translation>
        </message>
        <message>
            <source>Open the &amp;PDF</source>
            <translation>&amp;PDF öffnen</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>Berichte</translation>
        </message>
        <message>
            <source>Show the page in the browser; it stays on this computer.</source>
            <translation>Die Seite im Browser zeigen; sie bleibt auf diesem Rechner.</translation>
        </message>
        <message>
            <source>Show the paper version.</source>
            <translation>Die Fassung für Papier zeigen.</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>What came of the evaluation</source>
            <translation>Was die Auswertung ergeben hat</translation>
        </message>
        <message>
            <source>What counts as right</source>
            <translation>Was als richtig gilt</translation>
        </message>
    </context>
    <context>
        <name>Rescue</name>
        <message>
            <source>Nothing restored</source>
            <translation>Nichts wiederhergestellt</translation>
        </message>
        <message>
            <source>Restore a &amp;backup…</source>
            <translation>&amp;Sicherung wiederherstellen…</translation>
        </message>
        <message>
            <source>Restore a backup</source>
            <translation>Sicherung wiederherstellen</translation>
        </message>
        <message>
            <source>The library becomes what it was then. What it is now is set aside, not deleted.</source>
            <translation>Die Bibliothek wird, wie sie damals war. Was sie jetzt ist, wird beiseitegelegt, nicht gelöscht.</translation>
        </message>
        <message>
            <source>The library cannot be opened</source>
            <translation>Die Bibliothek lässt sich nicht öffnen</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>Nothing is left to redo.</source>
            <translation>Es gibt nichts mehr wiederherzustellen.</translation>
        </message>
        <message>
            <source>Nothing is left to undo.</source>
            <translation>Es gibt nichts mehr rückgängig zu machen.</translation>
        </message>
        <message>
            <source>Select a flag first, or drag over the timeline to name an interval.</source>
            <translation>Wählen Sie zuerst eine Markierung, oder ziehen Sie über die Zeitleiste, um einen Abschnitt zu benennen.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPage</name>
        <message>
            <source>Flags</source>
            <translation>Markierungen</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Not flagged</source>
            <translation>Nicht markiert</translation>
        </message>
        <message>
            <source>Open a recording: choose one under Recordings (F2), or drop files on this window.</source>
            <translation>Öffnen Sie eine Aufnahme: wählen Sie eine unter „Aufnahmen“ (F2), oder ziehen Sie Dateien auf dieses Fenster.</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>Bereiche</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Sichten</translation>
        </message>
        <message>
            <source>Teach me</source>
            <translation>Lehre mich</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Warum</translation>
        </message>
    </context>
    <context>
        <name>ReviewStatusBar</name>
        <message>
            <source>Save again</source>
            <translation>Erneut speichern</translation>
        </message>
        <message>
            <source>Try now to save what is not saved.</source>
            <translation>Jetzt versuchen zu speichern, was nicht gespeichert ist.</translation>
        </message>
        <message>
            <source>What goes on</source>
            <translation>Was gerade geschieht</translation>
        </message>
        <message>
            <source>What the model says of itself</source>
            <translation>Was das Modell über sich sagt</translation>
        </message>
        <message>
            <source>… Saving</source>
            <translation>… Speichert</translation>
        </message>
        <message>
            <source>⚠ NOT SAVED: {why}</source>
            <translation>⚠ NICHT GESPEICHERT: {why}</translation>
        </message>
        <message>
            <source>✓ All saved</source>
            <translation>✓ Alles gespeichert</translation>
        </message>
    </context>
    <context>
        <name>SafeStart</name>
        <message>
            <source>The last two starts failed, so the program started with default settings, without opening the last recording and without the graphics card. Your labels are untouched.</source>
            <translation>Die letzten beiden Starts sind gescheitert. Das Programm wurde deshalb mit Voreinstellungen gestartet, ohne die letzte Aufnahme zu öffnen und ohne die Grafikkarte. Ihre Labels sind unberührt.</translation>
        </message>
    </context>
    <context>
        <name>ScanDialog</name>
        <message>
            <source>&amp;Automatic, as the bundle says</source>
            <translation>&amp;Automatisch, wie das Modellpaket es vorgibt</translation>
        </message>
        <message>
            <source>&amp;Patient</source>
            <translation>&amp;Patient</translation>
        </message>
        <message>
            <source>&amp;Stride</source>
            <translation>&amp;Schrittweite</translation>
        </message>
        <message>
            <source>&amp;Whole picture</source>
            <translation>&amp;Ganzes Bild</translation>
        </message>
        <message>
            <source>A bundle is a trained network with all that it needs to score.</source>
            <translation>Ein Modellpaket ist ein trainiertes Netz mit allem, was es zum Bewerten braucht.</translation>
        </message>
        <message>
            <source>A pseudonym, never the name</source>
            <translation>Ein Pseudonym, nie der Name</translation>
        </message>
        <message>
            <source>B&amp;undle</source>
            <translation>&amp;Modellpaket</translation>
        </message>
        <message>
            <source>Bundle that scans</source>
            <translation>Modellpaket, das durchsucht</translation>
        </message>
        <message>
            <source>Cannot be used: {problem}</source>
            <translation>Nicht verwendbar: {problem}</translation>
        </message>
        <message>
            <source>How far windows of 5 s lie apart, in steps of 0.3125 s: smaller looks more closely and takes longer. Bundles are calibrated at 3.</source>
            <translation>Wie weit Fenster von 5 s auseinanderliegen, in Schritten von 0,3125 s: kleiner sieht genauer hin und dauert länger. Modellpakete sind bei 3 kalibriert.</translation>
        </message>
        <message>
            <source>It is not calibrated: it gives a curve, but nothing is flagged.</source>
            <translation>Es ist nicht kalibriert: Es gibt eine Kurve, markiert aber nichts.</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Lizenz: {licence}</translation>
        </message>
        <message>
            <source>Looks at</source>
            <translation>Sieht auf</translation>
        </message>
        <message>
            <source>Network: {network}</source>
            <translation>Netz: {network}</translation>
        </message>
        <message>
            <source>Pseudonym of the patient</source>
            <translation>Pseudonym des Kindes</translation>
        </message>
        <message>
            <source>Recordings, one after the other: {titles}</source>
            <translation>Aufnahmen, eine nach der anderen: {titles}</translation>
        </message>
        <message>
            <source>S&amp;can</source>
            <translation>&amp;Durchsuchen</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>Durchsuchen</translation>
        </message>
        <message>
            <source>Stride</source>
            <translation>Schrittweite</translation>
        </message>
        <message>
            <source>Takes about {time}, going by earlier scans on this computer.</source>
            <translation>Dauert etwa {time}, nach früheren Aufträgen auf diesem Rechner.</translation>
        </message>
        <message>
            <source>Takes about {time}: a rule of thumb from the picture and the network, without a graphics card. The first scan measures it.</source>
            <translation>Dauert etwa {time}: eine Faustregel aus Bild und Netz, ohne Grafikkarte. Das erste Durchsuchen misst es.</translation>
        </message>
        <message>
            <source>The &amp;rectangle drawn in the picture (Shift+Y)</source>
            <translation>Das ins Bild gezeichnete &amp;Rechteck (Umschalt+Y)</translation>
        </message>
        <message>
            <source>The files do not tell when they were recorded: the time is a guess.</source>
            <translation>Die Dateien sagen nicht, wann sie aufgenommen wurden: Die Zeit ist geraten.</translation>
        </message>
        <message>
            <source>The recording really &amp;began at</source>
            <translation>Die Aufnahme &amp;begann wirklich um</translation>
        </message>
        <message>
            <source>Tick this where the time below is wrong.</source>
            <translation>Ankreuzen, wenn die Zeit unten falsch ist.</translation>
        </message>
        <message>
            <source>What is scanned: {choice}</source>
            <translation>Was durchsucht wird: {choice}</translation>
        </message>
        <message>
            <source>When the recording began</source>
            <translation>Wann die Aufnahme begann</translation>
        </message>
        <message>
            <source>a window every {seconds} s</source>
            <translation>ein Fenster alle {seconds} s</translation>
        </message>
        <message>
            <source>{title}, {length} h</source>
            <translation>{title}, {length} h</translation>
        </message>
    </context>
    <context>
        <name>SemiologyRows</name>
        <message>
            <source>Cry</source>
            <translation>Schreien</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Form</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Links</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Rechts</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Wachheit</translation>
        </message>
        <message>
            <source>What it looked like</source>
            <translation>Wie es aussah</translation>
        </message>
        <message>
            <source>{key}  {word}</source>
            <translation>{key}  {word}</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source> %</source>
            <translation> %</translation>
        </message>
        <message>
            <source> an hour</source>
            <translation> pro Stunde</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source> s apart</source>
            <translation> s Abstand</translation>
        </message>
        <message>
            <source>After a verdict the next flag without one is played.</source>
            <translation>Nach einem Urteil wird die nächste Markierung ohne Urteil gespielt.</translation>
        </message>
        <message>
            <source>An ONNX file that finds people, for the automatic crop; none is needed.</source>
            <translation>Eine ONNX-Datei, die Personen findet, für den automatischen Ausschnitt; sie muss nicht sein.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Choose by itself</source>
            <translation>Selbst wählen lassen</translation>
        </message>
        <message>
            <source>Choose: {what}</source>
            <translation>Wählen: {what}</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Compute on</source>
            <translation>Rechnen auf</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Events closer to each other than this are one cluster.</source>
            <translation>Ereignisse, die näher beieinander liegen, sind ein Cluster.</translation>
        </message>
        <message>
            <source>False alarms at most</source>
            <translation>Fehlalarme höchstens</translation>
        </message>
        <message>
            <source>Fewer leave room for other work.</source>
            <translation>Weniger lassen Raum für andere Arbeit.</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Go on after a verdict</source>
            <translation>Nach einem Urteil weitergehen</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>Holds from the next start.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>In per cent of the system's size.</source>
            <translation>In Prozent der Größe des Systems.</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>ONNX files (*.onnx)</source>
            <translation>ONNX-Dateien (*.onnx)</translation>
        </message>
        <message>
            <source>One cluster up to</source>
            <translation>Ein Cluster bis</translation>
        </message>
        <message>
            <source>Person detector</source>
            <translation>Personendetektor</translation>
        </message>
        <message>
            <source>Play before a flag</source>
            <translation>Vorlauf vor einer Markierung</translation>
        </message>
        <message>
            <source>Processor (PyTorch)</source>
            <translation>Prozessor (PyTorch)</translation>
        </message>
        <message>
            <source>Processor threads</source>
            <translation>Prozessor-Threads</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Sichten</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>Durchsuchen</translation>
        </message>
        <message>
            <source>Seconds that are played before each flag.</source>
            <translation>Sekunden, die vor jeder Markierung gespielt werden.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Show the clock's time</source>
            <translation>Uhrzeit anzeigen</translation>
        </message>
        <message>
            <source>Show the recovery key…</source>
            <translation>Wiederherstellungsschlüssel zeigen…</translation>
        </message>
        <message>
            <source>Size of letters</source>
            <translation>Schriftgröße</translation>
        </message>
        <message>
            <source>Small: finer and slower. Large: coarser and faster.</source>
            <translation>Klein: feiner und langsamer. Groß: gröber und schneller.</translation>
        </message>
        <message>
            <source>Stride</source>
            <translation>Schrittweite</translation>
        </message>
        <message>
            <source>The threshold is chosen so that no more false alarms are predicted than this.</source>
            <translation>Die Schwelle wird so gewählt, dass nicht mehr Fehlalarme als diese vorhergesagt sind.</translation>
        </message>
        <message>
            <source>The trained model that scans.</source>
            <translation>Das trainierte Modell, das durchsucht.</translation>
        </message>
        <message>
            <source>The window speaks the new language from the next start on.</source>
            <translation>Das Fenster spricht die neue Sprache ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Times are shown as the clock on the wall, otherwise as time since the recording's start.</source>
            <translation>Zeiten werden als Uhrzeit angezeigt, sonst als Zeit seit Beginn der Aufnahme.</translation>
        </message>
        <message>
            <source>With this key the library can be opened on another computer.</source>
            <translation>Mit diesem Schlüssel lässt sich die Bibliothek auf einem anderen Rechner öffnen.</translation>
        </message>
        <message>
            <source>a window every {seconds} s</source>
            <translation>ein Fenster alle {seconds} s</translation>
        </message>
        <message>
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keiner</translation>
        </message>
    </context>
    <context>
        <name>Shelf</name>
        <message>
            <source>All files are found again.</source>
            <translation>Alle Dateien sind wiedergefunden.</translation>
        </message>
        <message>
            <source>Deleted from the library; the files stay where they are.</source>
            <translation>Aus der Bibliothek gelöscht; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Found: {found}. Still missing: {missing}.</source>
            <translation>Gefunden: {found}. Noch fehlend: {missing}.</translation>
        </message>
        <message>
            <source>Looking for the missing files…</source>
            <translation>Die fehlenden Dateien werden gesucht…</translation>
        </message>
    </context>
    <context>
        <name>SnapshotsView</name>
        <message>
            <source>&amp;Check</source>
            <translation>&amp;Prüfen</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exportieren…</translation>
        </message>
        <message>
            <source>&amp;New snapshot…</source>
            <translation>&amp;Neue Momentaufnahme…</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>A snapshot freezes what raters agreed on. Only time that was finalised (Shift+V on the review page) goes into it.</source>
            <translation>Eine Momentaufnahme hält fest, worauf sich die Beurteilenden geeinigt haben. Nur abgeschlossene Zeit (Umschalt+V auf der Seite „Sichten“) geht in sie ein.</translation>
        </message>
        <message>
            <source>Careful: {warning}</source>
            <translation>Achtung: {warning}</translation>
        </message>
        <message>
            <source>Export the snapshot</source>
            <translation>Momentaufnahme exportieren</translation>
        </message>
        <message>
            <source>Freeze all that raters finalised so far.</source>
            <translation>Alles festhalten, was bisher abgeschlossen wurde.</translation>
        </message>
        <message>
            <source>Identity {identity}</source>
            <translation>Kennung {identity}</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Gemacht</translation>
        </message>
        <message>
            <source>Make the chosen snapshot again from the labels and compare.</source>
            <translation>Die gewählte Momentaufnahme aus den Labels neu machen und vergleichen.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Patients</source>
            <translation>Patienten</translation>
        </message>
        <message>
            <source>Snapshots</source>
            <translation>Momentaufnahmen</translation>
        </message>
        <message>
            <source>Snapshots, newest first</source>
            <translation>Momentaufnahmen, neueste zuerst</translation>
        </message>
        <message>
            <source>Stop what is being done with snapshots; nothing is kept of it.</source>
            <translation>Anhalten, was gerade mit Momentaufnahmen geschieht; nichts davon bleibt.</translation>
        </message>
        <message>
            <source>What the chosen snapshot holds</source>
            <translation>Was die gewählte Momentaufnahme enthält</translation>
        </message>
        <message>
            <source>What was done with snapshots</source>
            <translation>Was mit Momentaufnahmen geschah</translation>
        </message>
        <message>
            <source>Windows</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>With a spasm</source>
            <translation>Mit Spasmus</translation>
        </message>
        <message>
            <source>Write the chosen snapshot down, without names and paths.</source>
            <translation>Die gewählte Momentaufnahme aufschreiben, ohne Namen und Pfade.</translation>
        </message>
        <message>
            <source>held out for comparing</source>
            <translation>zum Vergleichen zurückgehalten</translation>
        </message>
        <message>
            <source>to learn from</source>
            <translation>zum Lernen</translation>
        </message>
        <message>
            <source>to tune on</source>
            <translation>zum Abstimmen</translation>
        </message>
        <message>
            <source>{meaning}: patients {patients}, windows {windows}, of these with a spasm {spasms}</source>
            <translation>{meaning}: Patienten {patients}, Fenster {windows}, davon mit Spasmus {spasms}</translation>
        </message>
    </context>
    <context>
        <name>Sound</name>
        <message>
            <source>this computer has no sound device</source>
            <translation>dieser Rechner hat kein Tongerät</translation>
        </message>
        <message>
            <source>this recording has no sound</source>
            <translation>diese Aufnahme hat keinen Ton</translation>
        </message>
    </context>
    <context>
        <name>Suggestions</name>
        <message>
            <source>Covered: the picture shows no detail</source>
            <translation>Verdeckt: Das Bild zeigt keine Einzelheiten</translation>
        </message>
        <message>
            <source>Dark: only lamps can be seen</source>
            <translation>Dunkel: Nur Lämpchen sind zu sehen</translation>
        </message>
        <message>
            <source>Frozen: the same picture over and over</source>
            <translation>Eingefroren: immer wieder dasselbe Bild</translation>
        </message>
    </context>
    <context>
        <name>SuggestionsModel</name>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Lasts</source>
            <translation>Dauert</translation>
        </message>
        <message>
            <source>Why nothing can be judged</source>
            <translation>Warum nichts auszuwerten ist</translation>
        </message>
    </context>
    <context>
        <name>SuggestionsPanel</name>
        <message>
            <source>&amp;Cannot be judged</source>
            <translation>&amp;Nicht auswertbar</translation>
        </message>
        <message>
            <source>By brightness, sharpness and movement, no further stretch stands out.</source>
            <translation>Nach Helligkeit, Schärfe und Bewegung fällt kein weiterer Abschnitt auf.</translation>
        </message>
        <message>
            <source>Can be &amp;judged</source>
            <translation>&amp;Auswertbar</translation>
        </message>
        <message>
            <source>Do not suggest the chosen stretches again.</source>
            <translation>Die gewählten Abschnitte nicht wieder vorschlagen.</translation>
        </message>
        <message>
            <source>Enter or a double click plays a stretch.</source>
            <translation>Eingabe oder Doppelklick spielt einen Abschnitt.</translation>
        </message>
        <message>
            <source>Mark the chosen stretches as not analysable.</source>
            <translation>Die gewählten Abschnitte als nicht auswertbar vermerken.</translation>
        </message>
        <message>
            <source>Nothing stands out so far; part of the recording is not scanned yet.</source>
            <translation>Bisher fällt nichts auf; ein Teil der Aufnahme ist noch nicht durchsucht.</translation>
        </message>
        <message numerus="yes">
            <source>Stretches in which perhaps nothing can be judged: %n.</source>
            <translation>
                <numerusform>%n Abschnitt, in dem vielleicht nichts auszuwerten ist.</numerusform>
                <numerusform>%n Abschnitte, in denen vielleicht nichts auszuwerten ist.</numerusform>
            </translation>
        </message>
        <message>
            <source>Suggested stretches that cannot be judged</source>
            <translation>Vorgeschlagene Abschnitte, die nicht auswertbar sind</translation>
        </message>
        <message>
            <source>Suggestions come with the scan.</source>
            <translation>Vorschläge kommen mit dem Durchsuchen.</translation>
        </message>
    </context>
    <context>
        <name>TeachPanel</name>
        <message>
            <source>Again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Blind: what the model is unsure of is hidden.</source>
            <translation>Blind: Verborgen ist, wobei das Modell unsicher ist.</translation>
        </message>
        <message>
            <source>Gain per verdict</source>
            <translation>Gewinn je Urteil</translation>
        </message>
        <message>
            <source>How adapted scores do</source>
            <translation>Wie gut angepasste Werte sind</translation>
        </message>
        <message>
            <source>Looking for the most telling moments…</source>
            <translation>Die lehrreichsten Momente werden gesucht…</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Not scanned yet: nothing has been looked for.</source>
            <translation>Noch nicht durchsucht: Es wurde nach nichts gesucht.</translation>
        </message>
        <message numerus="yes">
            <source>Now: {time}. Give it a verdict. %n more moments wait.</source>
            <translation>
                <numerusform>Jetzt: {time}. Geben Sie ein Urteil. %n weiterer Moment wartet.</numerusform>
                <numerusform>Jetzt: {time}. Geben Sie ein Urteil. %n weitere Momente warten.</numerusform>
            </translation>
        </message>
        <message>
            <source>Plays the moment whose verdict would teach most.</source>
            <translation>Spielt den Moment, dessen Urteil am meisten lehren würde.</translation>
        </message>
        <message>
            <source>Plays this moment again.</source>
            <translation>Spielt diesen Moment noch einmal.</translation>
        </message>
        <message>
            <source>Press Next to play the moment whose verdict would teach most.</source>
            <translation>Mit „Weiter“ beginnt der Moment, dessen Urteil am meisten lehren würde.</translation>
        </message>
        <message>
            <source>Teach me</source>
            <translation>Lehre mich</translation>
        </message>
        <message>
            <source>Verdicts on this recording can adapt its scores to it.</source>
            <translation>Urteile zu dieser Aufnahme können ihre Werte an sie anpassen.</translation>
        </message>
        <message>
            <source>What is on show</source>
            <translation>Was zu sehen ist</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>Adapted flags: {flags} · {left} left, {time} to review</source>
            <translation>Angepasste Markierungen: {flags} · noch {left}, {time} durchzusehen</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Blind: what the model and other raters say is hidden.</source>
            <translation>Blind: Was das Modell und andere sagen, ist verborgen.</translation>
        </message>
        <message>
            <source>Event</source>
            <translation>Ereignis</translation>
        </message>
        <message>
            <source>Flags: {flags} · {left} left, {time} to review · about {rate} false alarms an hour predicted</source>
            <translation>Markierungen: {flags} · noch {left}, {time} zu sichten · etwa {rate} Fehlalarme pro Stunde vorhergesagt</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Stunde</translation>
        </message>
        <message>
            <source>Not scanned yet: nothing has been looked for.</source>
            <translation>Noch nicht durchsucht: Bisher wurde nichts gesucht.</translation>
        </message>
        <message>
            <source>Nothing is flagged at this operating point; what was not flagged may still hold spasms.</source>
            <translation>An diesem Arbeitspunkt ist nichts markiert; auch was nicht markiert ist, kann Spasmen enthalten.</translation>
        </message>
        <message>
            <source>Operating point</source>
            <translation>Arbeitspunkt</translation>
        </message>
        <message>
            <source>Show everything (A)</source>
            <translation>Alles zeigen (A)</translation>
        </message>
        <message>
            <source>Show one hour (H)</source>
            <translation>Eine Stunde zeigen (H)</translation>
        </message>
        <message>
            <source>The bundle has no calibrated operating point, so nothing is flagged.</source>
            <translation>Das Modellpaket hat keinen kalibrierten Arbeitspunkt, darum ist nichts markiert.</translation>
        </message>
        <message>
            <source>The score that a flag must reach; drag the line in the curve, or press Ctrl+Up in it</source>
            <translation>Der Wert, den eine Markierung erreichen muss; ziehen Sie die Linie in der Kurve, oder drücken Sie darin Strg+Auf</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>What is flagged</source>
            <translation>Was markiert ist</translation>
        </message>
        <message>
            <source>What is in this interval?</source>
            <translation>Was ist in diesem Abschnitt?</translation>
        </message>
        <message>
            <source>Zoom to the event (Z)</source>
            <translation>Auf das Ereignis zoomen (Z)</translation>
        </message>
        <message numerus="yes">
            <source>adapted to this recording, %n verdicts</source>
            <translation>
                <numerusform>an diese Aufnahme angepasst, %n Urteil</numerusform>
                <numerusform>an diese Aufnahme angepasst, %n Urteile</numerusform>
            </translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>nicht lesbar</translation>
        </message>
        <message>
            <source>finalised by you</source>
            <translation>von Ihnen abgeschlossen</translation>
        </message>
        <message>
            <source>looked at by you</source>
            <translation>von Ihnen gesichtet</translation>
        </message>
        <message>
            <source>night picture (infrared)</source>
            <translation>Nachtbild (Infrarot)</translation>
        </message>
        <message>
            <source>no video</source>
            <translation>kein Video</translation>
        </message>
        <message>
            <source>not scanned</source>
            <translation>nicht durchsucht</translation>
        </message>
        <message>
            <source>perhaps not analysable</source>
            <translation>vielleicht nicht auswertbar</translation>
        </message>
        <message>
            <source>score {score}</source>
            <translation>Wert {score}</translation>
        </message>
        <message>
            <source>too short to be scanned</source>
            <translation>zu kurz zum Durchsuchen</translation>
        </message>
        <message>
            <source>two files for this time; the earlier one is shown</source>
            <translation>zwei Dateien für diese Zeit; die frühere wird gezeigt</translation>
        </message>
        <message>
            <source>{curve} (its window between {low} and {high})</source>
            <translation>{curve} (ihr Fenster zwischen {low} und {high})</translation>
        </message>
        <message>
            <source>{share} % not scanned yet · {said}</source>
            <translation>{share} % noch nicht durchsucht · {said}</translation>
        </message>
        <message>
            <source>{sign} flag at {time} · score {score} · no verdict of yours yet</source>
            <translation>{sign} Markierung bei {time} · Wert {score} · noch kein Urteil von Ihnen</translation>
        </message>
        <message>
            <source>{sign} flag at {time} · score {score} · your verdict: {verdict}</source>
            <translation>{sign} Markierung bei {time} · Wert {score} · Ihr Urteil: {verdict}</translation>
        </message>
        <message>
            <source>{sign} {label} · {start}–{stop} · you</source>
            <translation>{sign} {label} · {start}–{stop} · Sie</translation>
        </message>
        <message>
            <source>{sign} {label} · {start}–{stop} · {rater}</source>
            <translation>{sign} {label} · {start}–{stop} · {rater}</translation>
        </message>
        <message>
            <source>{what}: {score}</source>
            <translation>{what}: {score}</translation>
        </message>
    </context>
    <context>
        <name>Title</name>
        <message>
            <source>Recording {number} · {start} · {rater} – Spasm Reviewer</source>
            <translation>Aufnahme {number} · {start} · {rater} – Spasm Reviewer</translation>
        </message>
    </context>
    <context>
        <name>TrainingView</name>
        <message>
            <source>&amp;Left over…</source>
            <translation>Ü&amp;brig…</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>&amp;Anhalten</translation>
        </message>
        <message>
            <source>&amp;Train</source>
            <translation>T&amp;rainieren</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>Stapel</translation>
        </message>
        <message>
            <source>Bundle to start from</source>
            <translation>Modellpaket, mit dem begonnen wird</translation>
        </message>
        <message>
            <source>Clips in a batch</source>
            <translation>Clips in einem Stapel</translation>
        </message>
        <message>
            <source>Done in {time}</source>
            <translation>Fertig in {time}</translation>
        </message>
        <message>
            <source>Epoch {epoch} of {epochs}, loss {loss}, {pace} clips a second, {left} left</source>
            <translation>Epoche {epoch} von {epochs}, Verlust {loss}, {pace} Clips pro Sekunde, noch {left}</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <source>Graphics cards</source>
            <translation>Grafikkarten</translation>
        </message>
        <message>
            <source>How the training goes</source>
            <translation>Wie das Training läuft</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Make a snapshot first: training reads nothing else.</source>
            <translation>Machen Sie zuerst eine Momentaufnahme: Das Training liest nichts anderes.</translation>
        </message>
        <message>
            <source>Name of the new bundle</source>
            <translation>Name des neuen Modellpakets</translation>
        </message>
        <message>
            <source>New bundle</source>
            <translation>Neues Modellpaket</translation>
        </message>
        <message>
            <source>New last layer, as in the paper</source>
            <translation>Neue letzte Schicht, wie in der Veröffentlichung</translation>
        </message>
        <message>
            <source>Only the last layer</source>
            <translation>Nur die letzte Schicht</translation>
        </message>
        <message>
            <source>Otherwise the last layer of the bundle is trained further.</source>
            <translation>Sonst wird die letzte Schicht des Modellpakets weiter trainiert.</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Small letters, digits, dots and hyphens; do not name patients in it.</source>
            <translation>Kleinbuchstaben, Ziffern, Punkte und Bindestriche; nennen Sie darin keine Patienten.</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Momentaufnahme</translation>
        </message>
        <message>
            <source>Snapshot to learn from</source>
            <translation>Momentaufnahme, aus der gelernt wird</translation>
        </message>
        <message>
            <source>So many graphics cards of this computer learn together, each from a batch of its own.</source>
            <translation>So viele Grafikkarten dieses Rechners lernen gemeinsam, jede aus einem eigenen Stapel.</translation>
        </message>
        <message>
            <source>Start from</source>
            <translation>Beginnen mit</translation>
        </message>
        <message>
            <source>Stop; what was learned is kept, and training goes on from there.</source>
            <translation>Anhalten; was gelernt ist, bleibt, und das Training geht von dort weiter.</translation>
        </message>
        <message>
            <source>Train; a stopped training of this name goes on.</source>
            <translation>Trainieren; ein angehaltenes Training dieses Namens geht weiter.</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Trains nothing below it (frozen_trunk): for few clips, or too little memory for the whole network.</source>
            <translation>Trainiert nichts darunter (frozen_trunk): für wenige Clips, oder wenn der Speicher nicht für das ganze Netz reicht.</translation>
        </message>
        <message>
            <source>What came of it</source>
            <translation>Was daraus wurde</translation>
        </message>
        <message>
            <source>What stopped trainings and kept clips take up on the disk, and how to be rid of it.</source>
            <translation>Was angehaltene Trainings und behaltene Clips auf der Platte belegen, und wie man es loswird.</translation>
        </message>
        <message>
            <source>{name} is there. On validation patients:</source>
            <translation>{name} ist da. An Validierungspatienten:</translation>
        </message>
        <message>
            <source>“paper” is the published recipe; “small” suits a small network and a computer without a GPU.</source>
            <translation>„paper“ ist das veröffentlichte Rezept; „small“ passt zu einem kleinen Netz und einem Rechner ohne Grafikkarte.</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>End the repetition</source>
            <translation>Wiederholung beenden</translation>
        </message>
        <message>
            <source>One frame back</source>
            <translation>Ein Bild zurück</translation>
        </message>
        <message>
            <source>One frame on</source>
            <translation>Ein Bild weiter</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Play backwards; again for faster</source>
            <translation>Rückwärts abspielen; nochmals für schneller</translation>
        </message>
        <message>
            <source>Play forwards; again for faster</source>
            <translation>Vorwärts abspielen; nochmals für schneller</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Sound: {why}</source>
            <translation>Ton: {why}</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>{action} ({key})</source>
            <translation>{action} ({key})</translation>
        </message>
        <message>
            <source>{here} of {last}</source>
            <translation>{here} von {last}</translation>
        </message>
    </context>
    <context>
        <name>Triage</name>
        <message>
            <source>No cry afterwards</source>
            <translation>Danach kein Schreien</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} h</translation>
        </message>
        <message>
            <source>{label} at {time}</source>
            <translation>{label} bei {time}</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{sign} {label}</source>
            <translation>{sign} {label}</translation>
        </message>
        <message>
            <source>{start}–{stop}</source>
            <translation>{start}–{stop}</translation>
        </message>
    </context>
    <context>
        <name>Unsaved</name>
        <message>
            <source>&amp;Stay</source>
            <translation>&amp;Bleiben</translation>
        </message>
        <message>
            <source>Close and &amp;lose them</source>
            <translation>Schließen und &amp;verlieren</translation>
        </message>
        <message numerus="yes">
            <source>NOT SAVED yet: %n of your last entries.</source>
            <translation>
                <numerusform>Noch NICHT GESPEICHERT: %n Ihrer letzten Eingaben.</numerusform>
                <numerusform>Noch NICHT GESPEICHERT: %n Ihrer letzten Eingaben.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>Nicht gespeichert</translation>
        </message>
    </context>
    <context>
        <name>VerdictPanel</name>
        <message>
            <source>A verdict goes to all {count} selected.</source>
            <translation>Ein Urteil gilt für alle {count} ausgewählten.</translation>
        </message>
        <message>
            <source>For {count} verdicts:</source>
            <translation>Für {count} Urteile:</translation>
        </message>
        <message>
            <source>For: {label} at {time}</source>
            <translation>Für: {label} bei {time}</translation>
        </message>
        <message>
            <source>Nothing is selected: a verdict needs a flag, or an interval dragged on the timeline.</source>
            <translation>Nichts ist ausgewählt: Ein Urteil braucht eine Markierung oder einen auf der Zeitleiste gezogenen Abschnitt.</translation>
        </message>
        <message>
            <source>Saving</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>Verdict on the flag at {time}</source>
            <translation>Urteil über die Markierung bei {time}</translation>
        </message>
        <message>
            <source>Verdict on the interval at {time}</source>
            <translation>Urteil über den Abschnitt bei {time}</translation>
        </message>
        <message>
            <source>What a verdict is about</source>
            <translation>Worum es im Urteil geht</translation>
        </message>
        <message>
            <source>What it looked like can be said after a verdict; it need not be.</source>
            <translation>Wie es aussah, lässt sich nach einem Urteil sagen; es muss nicht sein.</translation>
        </message>
        <message>
            <source>What the words below are about</source>
            <translation>Worauf sich die Worte unten beziehen</translation>
        </message>
        <message>
            <source>Write a note</source>
            <translation>Notiz schreiben</translation>
        </message>
        <message>
            <source>{key}  {verdict}</source>
            <translation>{key}  {verdict}</translation>
        </message>
        <message>
            <source>… Saving</source>
            <translation>… Speichert</translation>
        </message>
        <message>
            <source>⚠ NOT SAVED: {why}</source>
            <translation>⚠ NICHT GESPEICHERT: {why}</translation>
        </message>
        <message>
            <source>✓ Saved</source>
            <translation>✓ Gespeichert</translation>
        </message>
    </context>
    <context>
        <name>Waveform</name>
        <message>
            <source>Waveform</source>
            <translation>Tonspur</translation>
        </message>
        <message>
            <source>Waveform of {seconds} seconds around the playhead; click to go there.</source>
            <translation>Tonspur von {seconds} Sekunden um die Abspielposition; ein Klick geht dorthin.</translation>
        </message>
        <message>
            <source>no sound here</source>
            <translation>hier kein Ton</translation>
        </message>
    </context>
    <context>
        <name>WhyPanel</name>
        <message>
            <source>Explain this flag</source>
            <translation>Diese Markierung erklären</translation>
        </message>
        <message>
            <source>Explaining: {share} %</source>
            <translation>Wird erklärt: {share} %</translation>
        </message>
        <message>
            <source>Getting ready to explain…</source>
            <translation>Die Erklärung wird vorbereitet…</translation>
        </message>
        <message>
            <source>Hides one part of the pictures after the other and scores again.</source>
            <translation>Verdeckt einen Teil der Bilder nach dem anderen und bewertet neu.</translation>
        </message>
        <message>
            <source>Lies over the strip, and over the player's picture while it stands still.</source>
            <translation>Liegt über dem Streifen, und über dem Bild der Wiedergabe, solange es stillsteht.</translation>
        </message>
        <message>
            <source>Select a flag that was scored; it can be explained here.</source>
            <translation>Wählen Sie eine bewertete Markierung; hier lässt sie sich erklären.</translation>
        </message>
        <message>
            <source>Show where the score comes from</source>
            <translation>Zeigen, woher der Wert kommt</translation>
        </message>
        <message>
            <source>The window from {time} scored {score}.</source>
            <translation>Das Fenster ab {time} hat den Wert {score}.</translation>
        </message>
        <message>
            <source>This window scores {score}.</source>
            <translation>Dieses Fenster hat den Wert {score}.</translation>
        </message>
        <message>
            <source>This window scores {score}. No part of its pictures lowers that when it alone stands still.</source>
            <translation>Dieses Fenster hat den Wert {score}. Kein Teil seiner Bilder senkt ihn, wenn er allein stillsteht.</translation>
        </message>
        <message>
            <source>What is explained</source>
            <translation>Was erklärt wird</translation>
        </message>
        <message>
            <source>What this means</source>
            <translation>Was das bedeutet</translation>
        </message>
        <message>
            <source>Where it is warm, the score falls if that part stands still. The bars below the pictures say the same of each moment. This shows what the model looked at, not whether it is right, and not what a spasm is.</source>
            <translation>Wo es warm ist, sinkt der Wert, wenn dieser Teil stillsteht. Die Balken unter den Bildern sagen dasselbe von jedem Augenblick. Das zeigt, worauf das Modell geachtet hat, nicht, ob es recht hat, und nicht, was ein Spasmus ist.</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Warum</translation>
        </message>
    </context>
    <context>
        <name>WorkPage</name>
        <message>
            <source>Recordings and jobs</source>
            <translation>Aufnahmen und Aufträge</translation>
        </message>
    </context>
</TS>
