#include "fleetfile/tables.h"

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using namespace tidemark::yaml;

static KeySpec nameKey()
{
    return { .key = u"name"_s, .kind = &nameText(), .about = u"what the file calls it"_s, .required = true };
}

static KeySpec descriptionKey()
{
    return { .key = u"description"_s, .kind = &anyText(), .about = u"free words"_s };
}

static KeySpec listOf(const QString &key, const QString &about)
{
    return { .key = key, .kind = &nameText(), .about = about, .names = key };
}

static KeySpec formKey()
{
    return { .key = u"form"_s,
        .kind = &nameText(),
        .about = u"how `when` is written; a calendar event when missing"_s,
        .choices
        = { u"calendar"_s, u"cron"_s, u"first-weekday"_s, u"interval"_s, u"continuous"_s, u"manual"_s } };
}

static KeySpec whenKey()
{
    return { .key = u"when"_s,
        .kind = &anyText(),
        .about
        = u"calendar event (02:00, mon..fri 20:00, weekly), cron line, Sun 06:00 for the month's first "
          "Sunday, or an interval (6 h)"_s };
}

static KeySpec zoneKey()
{
    return { .key = u"zone"_s, .kind = &zone(), .about = u"time zone of `when`; UTC when missing"_s };
}

static void addRun(Table<Schedule> &t)
{
    t.add(nameKey(), &Schedule::name);
    t.add({ .key = u"kind"_s,
              .kind = &nameText(),
              .about
              = u"what runs: full, diff, incr, basebackup, dump, snapshot, wal, copy, verify, gc, prune, "
                "restore-test …"_s,
              .required = true },
        &Schedule::kind);
    t.add(whenKey(), &Schedule::when);
    t.add(formKey(), &Schedule::form);
    t.add(zoneKey(), &Schedule::zone);
    t.add({ .key = u"source"_s, .kind = &nameText(), .about = u"where it writes"_s, .names = u"sources"_s },
        &Schedule::source);
    t.addTexts(listOf(u"clusters"_s, u"what it is about"_s), &Schedule::clusters);
    t.addTexts({ .key = u"databases"_s, .kind = &anyText(), .about = u"only these databases"_s },
        &Schedule::databases);
    t.add({ .key = u"mode"_s, .kind = &anyText(), .about = u"in which way: snapshot with memory"_s },
        &Schedule::mode);
    t.addTexts({ .key = u"tasks"_s, .kind = &anyText(), .about = u"what one run does"_s }, &Schedule::tasks);
    t.add({ .key = u"command"_s, .kind = &anyText(), .about = u"what the scheduler calls"_s },
        &Schedule::command);
}

static Table<Schedule> makeSchedule()
{
    Table<Schedule> t(u"schedule"_s);
    addRun(t);
    t.add({ .key = u"expected_duration"_s, .kind = &duration(), .about = u"how long a run may take"_s },
        &Schedule::expectedDuration);
    t.add({ .key = u"start_within"_s, .kind = &duration(), .about = u"it may begin this much later"_s },
        &Schedule::startWithin);
    t.add({ .key = u"overdue_after"_s,
              .kind = &duration(),
              .about = u"no success for this long is a finding"_s },
        &Schedule::overdueAfter);
    t.add({ .key = u"success_target"_s, .kind = &percent(), .about = u"how many runs must succeed"_s },
        &Schedule::successTarget);
    t.add(descriptionKey(), &Schedule::description);
    return t;
}

static Table<MaintenanceWindow> makeWindow()
{
    Table<MaintenanceWindow> t(u"maintenance window"_s);
    t.add(nameKey(), &MaintenanceWindow::name);
    t.addTexts(listOf(u"clusters"_s, u"what may be worked on"_s), &MaintenanceWindow::clusters);
    t.add(whenKey(), &MaintenanceWindow::when);
    t.add(formKey(), &MaintenanceWindow::form);
    t.add(zoneKey(), &MaintenanceWindow::zone);
    t.add({ .key = u"duration"_s, .kind = &duration(), .about = u"how long it is open"_s },
        &MaintenanceWindow::duration);
    t.addTexts({ .key = u"tasks"_s, .kind = &anyText(), .about = u"vacuum, analyze, reindex …"_s },
        &MaintenanceWindow::tasks);
    t.add(descriptionKey(), &MaintenanceWindow::description);
    return t;
}

static Table<Contact> makeContact()
{
    Table<Contact> t(u"contact"_s);
    t.add(nameKey(), &Contact::name);
    t.add({ .key = u"role"_s, .kind = &anyText(), .about = u"what they do"_s }, &Contact::role);
    t.add({ .key = u"reach"_s, .kind = &anyText(), .about = u"mail, phone or chat"_s }, &Contact::reach);
    t.add(descriptionKey(), &Contact::description);
    return t;
}

static Table<Responsibility> makeResponsibility()
{
    const auto people = [](const QString &key, const QString &about) {
        return KeySpec { .key = key, .kind = &nameText(), .about = about, .names = u"contacts"_s };
    };
    Table<Responsibility> t(u"responsibility"_s);
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"the activity"_s, .required = true },
        &Responsibility::name);
    t.addTexts(people(u"responsible"_s, u"contacts who do it"_s), &Responsibility::responsible);
    t.addTexts(people(u"accountable"_s, u"contacts who answer for it"_s), &Responsibility::accountable);
    t.addTexts(people(u"consulted"_s, u"contacts who are asked before"_s), &Responsibility::consulted);
    t.addTexts(people(u"informed"_s, u"contacts who are told after"_s), &Responsibility::informed);
    return t;
}

static Table<Scenario> makeScenario()
{
    Table<Scenario> t(u"scenario"_s);
    t.add(nameKey(), &Scenario::name);
    t.add({ .key = u"kind"_s, .kind = &anyText(), .about = u"hardware, corruption, site …"_s },
        &Scenario::kind);
    t.addTexts(listOf(u"clusters"_s, u"what it hits"_s), &Scenario::clusters);
    t.addTexts(listOf(u"sources"_s, u"what it is recovered from"_s), &Scenario::sources);
    t.addMap({ .key = u"objectives"_s, .about = u"what recovery must achieve"_s }, &Scenario::objectives,
        objectivesTable());
    t.add({ .key = u"downtime_from"_s, .kind = &duration(), .about = u"shortest downtime expected"_s },
        &Scenario::downtimeFrom);
    t.add({ .key = u"downtime_to"_s, .kind = &duration(), .about = u"longest downtime expected"_s },
        &Scenario::downtimeTo);
    t.add({ .key = u"validation"_s, .kind = &anyText(), .about = u"how it is proven"_s },
        &Scenario::validation);
    t.addTexts(
        { .key = u"steps"_s, .kind = &anyText(), .about = u"what is done, in order"_s }, &Scenario::steps);
    t.addTexts(
        { .key = u"needs"_s, .kind = &anyText(), .about = u"what must be at hand"_s }, &Scenario::needs);
    t.addTexts({ .key = u"success"_s, .kind = &anyText(), .about = u"what must hold afterwards"_s },
        &Scenario::success);
    t.add(descriptionKey(), &Scenario::description);
    return t;
}

static Table<Control> makeControl()
{
    Table<Control> t(u"control"_s);
    t.add(nameKey(), &Control::name);
    t.add({ .key = u"framework"_s, .kind = &anyText(), .about = u"whose rule it is"_s }, &Control::framework);
    t.add({ .key = u"status"_s,
              .kind = &nameText(),
              .about = u"where it stands"_s,
              .choices = { u"compliant"_s, u"planned"_s, u"open"_s } },
        &Control::status);
    t.add({ .key = u"evidence"_s, .kind = &anyText(), .about = u"what shows it"_s }, &Control::evidence);
    t.add({ .key = u"assessed"_s, .kind = &anyText(), .about = u"when it was last looked at"_s },
        &Control::assessed);
    t.add({ .key = u"text"_s, .kind = &anyText(), .about = u"what it asks for"_s }, &Control::text);
    return t;
}

static Table<Fleet> makeFleet()
{
    Table<Fleet> t(u"fleet"_s);
    t.add({ .key = u"name"_s, .kind = &nameText(), .about = u"what the fleet is called"_s, .required = true },
        &Fleet::name);
    t.add(descriptionKey(), &Fleet::description);
    t.addItems(
        { .key = u"hosts"_s, .about = u"machines commands can be run on"_s }, &Fleet::hosts, hostTable());
    t.addItems(
        { .key = u"clusters"_s, .about = u"PostgreSQL instances"_s }, &Fleet::clusters, clusterTable());
    t.addItems(
        { .key = u"sources"_s, .about = u"places backups are kept"_s }, &Fleet::sources, sourceTable());
    t.addItems({ .key = u"schedules"_s, .about = u"what runs when"_s }, &Fleet::schedules, scheduleTable());
    t.addItems({ .key = u"promises"_s, .about = u"what must be restorable for how long"_s }, &Fleet::promises,
        promiseTable());
    t.addItems(
        { .key = u"windows"_s, .about = u"when maintenance may work"_s }, &Fleet::windows, windowTable());
    t.addItems({ .key = u"contacts"_s, .about = u"people and teams"_s }, &Fleet::contacts, contactTable());
    t.addItems({ .key = u"responsibilities"_s, .about = u"who does what (RACI)"_s }, &Fleet::responsibilities,
        responsibilityTable());
    t.addItems(
        { .key = u"scenarios"_s, .about = u"cases to be ready for"_s }, &Fleet::scenarios, scenarioTable());
    t.addItems({ .key = u"controls"_s, .about = u"rules from outside the fleet answers to"_s },
        &Fleet::controls, controlTable());
    return t;
}

const Table<Schedule> &scheduleTable()
{
    static const Table<Schedule> table = makeSchedule();
    return table;
}

const Table<MaintenanceWindow> &windowTable()
{
    static const Table<MaintenanceWindow> table = makeWindow();
    return table;
}

const Table<Contact> &contactTable()
{
    static const Table<Contact> table = makeContact();
    return table;
}

const Table<Responsibility> &responsibilityTable()
{
    static const Table<Responsibility> table = makeResponsibility();
    return table;
}

const Table<Scenario> &scenarioTable()
{
    static const Table<Scenario> table = makeScenario();
    return table;
}

const Table<Control> &controlTable()
{
    static const Table<Control> table = makeControl();
    return table;
}

const Table<Fleet> &fleetTable()
{
    static const Table<Fleet> table = makeFleet();
    return table;
}

} // namespace tidemark::fleetfile
