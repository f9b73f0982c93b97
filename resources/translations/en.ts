<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Adapting</name>
        <message numerus="yes">
            <source>Adapted to this recording by %n verdicts of yours; {share} % sure to do better on later ones.</source>
            <translation>
                <numerusform>Adapted to this recording by %n verdict of yours; {share} % sure to do better on later ones.</numerusform>
                <numerusform>Adapted to this recording by %n verdicts of yours; {share} % sure to do better on later ones.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Average precision on %n later verdicts: {adapted} instead of {base}.</source>
            <translation>
                <numerusform>Average precision on %n later verdict: {adapted} instead of {base}.</numerusform>
                <numerusform>Average precision on %n later verdicts: {adapted} instead of {base}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Closing</name>
        <message numerus="yes">
            <source>What is scanned is kept and goes on next time. Scans left: %n.</source>
            <translation>
                <numerusform>What is scanned is kept and goes on next time. %n scan is left.</numerusform>
                <numerusform>What is scanned is kept and goes on next time. %n scans are left.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobsPanel</name>
        <message numerus="yes">
            <source>Scans that are held: %n. What was scanned before is kept.</source>
            <translation>
                <numerusform>%n scan is held. What was scanned before is kept.</numerusform>
                <numerusform>%n scans are held. What was scanned before is kept.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LabelImport</name>
        <message numerus="yes">
            <source>Not taken, since no rater says so (a model's events, gaps): %n.</source>
            <translation>
                <numerusform>Not taken, since no rater says so (a model's events, gaps): %n.</numerusform>
                <numerusform>Not taken, since no rater says so (a model's events, gaps): %n.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Not taken, since this rater has said so before: %n.</source>
            <translation>
                <numerusform>Not taken, since this rater has said so before: %n.</numerusform>
                <numerusform>Not taken, since this rater has said so before: %n.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Lessons</name>
        <message numerus="yes">
            <source>%n more remarks.</source>
            <translation>
                <numerusform>%n more remark.</numerusform>
                <numerusform>%n more remarks.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The snapshot holds %n windows.</source>
            <translation>
                <numerusform>The snapshot holds %n window.</numerusform>
                <numerusform>The snapshot holds %n windows.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>Scans left from last time: %n. They go on from the page Recordings.</source>
            <translation>
                <numerusform>%n scan is left from last time. It goes on from the page Recordings.</numerusform>
                <numerusform>%n scans are left from last time. They go on from the page Recordings.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Media</name>
        <message numerus="yes">
            <source>%n clip files</source>
            <translation>
                <numerusform>%n clip file</numerusform>
                <numerusform>%n clip files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n files</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n patients</source>
            <translation>
                <numerusform>%n patient</numerusform>
                <numerusform>%n patients</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n recordings</source>
            <translation>
                <numerusform>%n recording</numerusform>
                <numerusform>%n recordings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n spasms</source>
            <translation>
                <numerusform>%n spasm</numerusform>
                <numerusform>%n spasms</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n windows</source>
            <translation>
                <numerusform>%n window</numerusform>
                <numerusform>%n windows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message numerus="yes">
            <source>Missing files: %n</source>
            <translation>
                <numerusform>%n file is missing</numerusform>
                <numerusform>%n files are missing</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SuggestionsPanel</name>
        <message numerus="yes">
            <source>Stretches in which perhaps nothing can be judged: %n.</source>
            <translation>
                <numerusform>%n stretch in which perhaps nothing can be judged.</numerusform>
                <numerusform>%n stretches in which perhaps nothing can be judged.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TeachPanel</name>
        <message numerus="yes">
            <source>Now: {time}. Give it a verdict. %n more moments wait.</source>
            <translation>
                <numerusform>Now: {time}. Give it a verdict. %n more moment waits.</numerusform>
                <numerusform>Now: {time}. Give it a verdict. %n more moments wait.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message numerus="yes">
            <source>adapted to this recording, %n verdicts</source>
            <translation>
                <numerusform>adapted to this recording, %n verdict</numerusform>
                <numerusform>adapted to this recording, %n verdicts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Unsaved</name>
        <message numerus="yes">
            <source>NOT SAVED yet: %n of your last entries.</source>
            <translation>
                <numerusform>NOT SAVED yet: %n of your last entries.</numerusform>
                <numerusform>NOT SAVED yet: %n of your last entries.</numerusform>
            </translation>
        </message>
    </context>
</TS>
