#pragma once

#include "fleet/fleet.h"
#include "yaml/binding.h"

namespace tidemark::fleetfile {

// The keys of the fleet file, one table for each kind of thing in it. docs/fleet.md and
// docs/fleet.schema.json are made from them.
[[nodiscard]] const yaml::Table<Fleet> &fleetTable();

[[nodiscard]] const yaml::Table<Objectives> &objectivesTable();
[[nodiscard]] const yaml::Table<ConnectSpec> &connectTable();
[[nodiscard]] const yaml::Table<Host> &hostTable();
[[nodiscard]] const yaml::Table<Cluster> &clusterTable();
[[nodiscard]] const yaml::Table<Source> &sourceTable();
[[nodiscard]] const yaml::Table<Schedule> &scheduleTable();
[[nodiscard]] const yaml::Table<RetentionPromise> &promiseTable();
[[nodiscard]] const yaml::Table<MaintenanceWindow> &windowTable();
[[nodiscard]] const yaml::Table<Contact> &contactTable();
[[nodiscard]] const yaml::Table<Responsibility> &responsibilityTable();
[[nodiscard]] const yaml::Table<Scenario> &scenarioTable();
[[nodiscard]] const yaml::Table<Control> &controlTable();

} // namespace tidemark::fleetfile
