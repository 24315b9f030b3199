#pragma once

#include "fleet/fleet.h"

#include <QDialog>

class QBoxLayout;
class QLayout;
class QLineEdit;
class QPushButton;

namespace tidemark {

// What a dialog before a change says. Texts name the act ("Restore over it", "Keep as it is").
struct Confirmation {
    enum class Level {
        Change, // Enter confirms on test and lab only
        Destroy // the target's name is typed; Enter does nothing
    };
    Level level = Level::Change;
    Environment environment = Environment::Unset;
    QString target; // cluster or group; what is typed
    QString title; // "Restore the data of oltp-db-1?"
    QString text; // what is replaced, lost, blocked, and for how long
    QString command; // as it will be run; empty: none
    QString wayBack; // the undo, or "no way back"
    QString act; // "Restore over it"
    QString keep; // "Keep as it is"
};

// Asks with open(); finished() tells. Carries the environment's edge and colour.
class ConfirmationDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConfirmationDialog(const Confirmation &about, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void insert(QWidget *widget); // below the words, above the buttons
    void setActEnabled(bool enabled);

private:
    void addTyping(QBoxLayout *column);
    [[nodiscard]] QLayout *buttons();

    Confirmation m_about;
    QLineEdit *m_typed = nullptr;
    QPushButton *m_act = nullptr;
    QPushButton *m_keep = nullptr;
    QBoxLayout *m_column = nullptr;
};

} // namespace tidemark
