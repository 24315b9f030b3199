#pragma once

#include <QAccessible>

class QWidget;

namespace tidemark {

// What a painted widget is to a screen reader; its accessibleName says what it shows. Call it in the
// constructor.
void setAccessibleRole(QWidget *widget, QAccessible::Role role);
// Has Qt ask for such roles. May be called twice.
void installAccessibleRoles();

} // namespace tidemark
