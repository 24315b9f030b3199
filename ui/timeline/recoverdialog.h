#pragma once

#include "items/readoutmodel.h"
#include "recovery/recipe.h"
#include "timeline/timelinewords.h"

#include <QDialog>

namespace tidemark {

// What "Recover to here…" is about. The recipe is empty while the catalogue cannot be asked.
struct RecoverQuestion {
    ReadoutRow row;
    Instant asked;
    Recipe recipe;
    QString archive; // the source whose WAL is replayed; empty: none
};

// The target in both clocks, what one gets and loses, from which backups and with which WAL, and the exact
// text for the tools that keep them. It runs nothing.
class RecoverDialog : public QDialog
{
    Q_OBJECT

public:
    RecoverDialog(RecoverQuestion question, const PageContext &context, QWidget *parent = nullptr);
    // Commands, settings and remarks as they are shown and copied.
    [[nodiscard]] static QString recipeText(const RecoverQuestion &question, const PageContext &context);

Q_SIGNALS:
    void copied();

private:
    [[nodiscard]] QWidget *facts(const TimelineWords &words, const Clocks &clocks) const;

    RecoverQuestion m_question;
};

} // namespace tidemark
