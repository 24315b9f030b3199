<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>OverviewWords</name>
    <message numerus="yes">
        <source>Reading %n sources</source>
        <translation>
            <numerusform>Reading %n source</numerusform>
            <numerusform>Reading %n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n can be brought back.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>The other one can be brought back.</numerusform>
            <numerusform>The other %n can be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n can be brought back.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>It can be brought back.</numerusform>
            <numerusform>All %n can be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the other %n can be brought back.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>%1 of the other %n can be brought back.</numerusform>
            <numerusform>%1 of the other %n can be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n can be brought back.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>%1 of %n can be brought back.</numerusform>
            <numerusform>%1 of %n can be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not known yet.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>One is not known yet.</numerusform>
            <numerusform>%n are not known yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meet every objective and are proven.</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>One meets every objective and is proven.</numerusform>
            <numerusform>%n meet every objective and are proven.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>proven in %n days</source>
        <translation>
            <numerusform>proven in %n day</numerusform>
            <numerusform>proven in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sources were never read</source>
        <translation>
            <numerusform>%n source was never read</numerusform>
            <numerusform>%n sources were never read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n earlier ones</source>
        <comment>windows</comment>
        <translation>
            <numerusform>and %n earlier one</numerusform>
            <numerusform>and %n earlier ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n single moments, the newest %1</source>
        <translation>
            <numerusform>%n single moment, %1</numerusform>
            <numerusform>%n single moments, the newest %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gaps</source>
        <translation>
            <numerusform>%n gap</numerusform>
            <numerusform>%n gaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backups do not tell their size</source>
        <translation>
            <numerusform>%n backup does not tell its size</numerusform>
            <numerusform>%n backups do not tell their size</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 a day were added in the last %n days and are still there</source>
        <translation>
            <numerusform>%1 were added in the last day and are still there</numerusform>
            <numerusform>%1 a day were added in the last %n days and are still there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dumps</source>
        <translation>
            <numerusform>%n dump</numerusform>
            <numerusform>%n dumps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshots</source>
        <translation>
            <numerusform>%n snapshot</numerusform>
            <numerusform>%n snapshots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetupWords</name>
    <message numerus="yes">
        <source>%n rights missing</source>
        <translation>
            <numerusform>%n right missing</numerusform>
            <numerusform>%n rights missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message numerus="yes">
        <source>%1 and %n more have</source>
        <comment>a server</comment>
        <translation>
            <numerusform>%1 and %n more have</numerusform>
            <numerusform>%1 and %n more have</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n offline</source>
        <comment>servers and sources</comment>
        <translation>
            <numerusform>%n offline</numerusform>
            <numerusform>%n offline</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectPane</name>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an environment</source>
        <translation>
            <numerusform>%n without an environment</numerusform>
            <numerusform>%n without an environment</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a grant</source>
        <translation>
            <numerusform>%n without a grant</numerusform>
            <numerusform>%n without a grant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer</source>
        <translation>
            <numerusform>%n without an answer</numerusform>
            <numerusform>%n without an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::Navigation</name>
    <message numerus="yes">
        <source>%n production</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>%n production</numerusform>
            <numerusform>%n production</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>%n test</numerusform>
            <numerusform>%n test</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lab</source>
        <comment>clusters</comment>
        <translation>
            <numerusform>%n lab</numerusform>
            <numerusform>%n lab</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::OverviewPage</name>
    <message numerus="yes">
        <source>%n, worst first</source>
        <translation>
            <numerusform>%n, worst first</numerusform>
            <numerusform>%n, worst first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ServersSection</name>
    <message numerus="yes">
        <source>%n thing(s) the role may not see</source>
        <translation>
            <numerusform>%n thing the role may not see</numerusform>
            <numerusform>%n things the role may not see</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ServersStep</name>
    <message numerus="yes">
        <source>%n services</source>
        <translation>
            <numerusform>%n service</numerusform>
            <numerusform>%n services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers found, %1 ready</source>
        <translation>
            <numerusform>%n server found, %1 ready</numerusform>
            <numerusform>%n servers found, %1 ready</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SettingsPage</name>
    <message numerus="yes">
        <source>%n change(s) not saved to %1</source>
        <translation>
            <numerusform>%n change not saved to %1</numerusform>
            <numerusform>%n changes not saved to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SourcesSection</name>
    <message numerus="yes">
        <source>Proxmox Backup Server %1 answers as %2, %n datastore(s) to be seen</source>
        <translation>
            <numerusform>Proxmox Backup Server %1 answers as %2, %n datastore to be seen</numerusform>
            <numerusform>Proxmox Backup Server %1 answers as %2, %n datastores to be seen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalendarWords</name>
    <message numerus="yes">
        <source>%n accepted</source>
        <translation>
            <numerusform>%n accepted</numerusform>
            <numerusform>%n accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>%n missed</numerusform>
            <numerusform>%n missed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n late</numerusform>
            <numerusform>%n late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with warnings</source>
        <translation>
            <numerusform>%n with warnings</numerusform>
            <numerusform>%n with warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs ok</source>
        <translation>
            <numerusform>%n run ok</numerusform>
            <numerusform>%n runs ok</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n planned</source>
        <translation>
            <numerusform>%n planned</numerusform>
            <numerusform>%n planned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not known</source>
        <translation>
            <numerusform>%n not known</numerusform>
            <numerusform>%n not known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n windows</source>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overlaps</source>
        <translation>
            <numerusform>%n overlap</numerusform>
            <numerusform>%n overlaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n days clean</source>
        <translation>
            <numerusform>%1 of %n day clean</numerusform>
            <numerusform>%1 of %n days clean</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::DayPane</name>
    <message numerus="yes">
        <source>%n more overlaps on this day.</source>
        <translation>
            <numerusform>%n more overlap on this day.</numerusform>
            <numerusform>%n more overlaps on this day.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n backups</source>
        <translation>
            <numerusform>%1 in %n backup</numerusform>
            <numerusform>%1 in %n backups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::CalendarPage</name>
    <message numerus="yes">
        <source>%1 of %n sources</source>
        <translation>
            <numerusform>%1 of %n source</numerusform>
            <numerusform>%1 of %n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n sources</source>
        <translation>
            <numerusform>All %n source</numerusform>
            <numerusform>All %n sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n full backups</source>
        <translation>
            <numerusform>%n full backup</numerusform>
            <numerusform>%n full backups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n base backups</source>
        <translation>
            <numerusform>%n base backup</numerusform>
            <numerusform>%n base backups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differentials</source>
        <translation>
            <numerusform>%n differential</numerusform>
            <numerusform>%n differentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n increments</source>
        <translation>
            <numerusform>%n increment</numerusform>
            <numerusform>%n increments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dumps</source>
        <translation>
            <numerusform>%n dump</numerusform>
            <numerusform>%n dumps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshots</source>
        <translation>
            <numerusform>%n snapshot</numerusform>
            <numerusform>%n snapshots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backups</source>
        <translation>
            <numerusform>%n backup</numerusform>
            <numerusform>%n backups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n windows</source>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gaps</source>
        <translation>
            <numerusform>%n gap</numerusform>
            <numerusform>%n gaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be used</source>
        <translation>
            <numerusform>%n cannot be used</numerusform>
            <numerusform>%n cannot be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held: no rule prunes them</source>
        <translation>
            <numerusform>%n held: no rule prunes it</numerusform>
            <numerusform>%n held: no rule prunes them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segments at most, none missing</source>
        <translation>
            <numerusform>%n segment at most, none missing</numerusform>
            <numerusform>%n segments at most, none missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TimelineTable</name>
    <message numerus="yes">
        <source>%n rows, from %1 to %2; what stands too close to be told apart is one row</source>
        <translation>
            <numerusform>%n row, from %1 to %2; what stands too close to be told apart is one row</numerusform>
            <numerusform>%n rows, from %1 to %2; what stands too close to be told apart is one row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TimelinePage</name>
    <message numerus="yes">
        <source>Timeline of %n clusters</source>
        <translation>
            <numerusform>Timeline of %n cluster</numerusform>
            <numerusform>Timeline of %n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MoveDialog</name>
    <message numerus="yes">
        <source>%n overlaps, %1 min together</source>
        <translation>
            <numerusform>%n overlap, %1 min</numerusform>
            <numerusform>%n overlaps, %1 min together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::Alarms</name>
    <message numerus="yes">
        <source>%n things have failed</source>
        <translation>
            <numerusform>%n thing has failed</numerusform>
            <numerusform>%n things have failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Amount</name>
    <message numerus="yes">
        <source>%n months</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MomentPage</name>
    <message numerus="yes">
        <source>%n files of the archive are damaged</source>
        <translation>
            <numerusform>%n file of the archive is damaged</numerusform>
            <numerusform>%n files of the archive are damaged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MomentView</name>
    <message numerus="yes">
        <source>%1, %n events</source>
        <translation>
            <numerusform>%1, %n event</numerusform>
            <numerusform>%1, %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MomentWords</name>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TargetPane</name>
    <message numerus="yes">
        <source>%1 other commits in that second</source>
        <translation>
            <numerusform>%1 other commit in that second</numerusform>
            <numerusform>%1 other commits in that second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undone, as wanted: %n transactions</source>
        <translation>
            <numerusform>Undone, as wanted: %n transaction</numerusform>
            <numerusform>Undone, as wanted: %n transactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lost as well: %1 other transactions</source>
        <translation>
            <numerusform>Lost as well: %1 other transaction</numerusform>
            <numerusform>Lost as well: %1 other transactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore beside %1 and copy %n tables back. Nothing else is lost.</source>
        <translation>
            <numerusform>Restore beside %1 and copy %n table back. Nothing else is lost.</numerusform>
            <numerusform>Restore beside %1 and copy %n tables back. Nothing else is lost.</numerusform>
        </translation>
    </message>
</context>
</TS>
