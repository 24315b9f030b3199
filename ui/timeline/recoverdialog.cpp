#include "timeline/recoverdialog.h"

#include "recovery/recipetext.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/environmentblock.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace tidemark {

QString RecoverDialog::recipeText(const RecoverQuestion &question, const PageContext &context)
{
    const ReadoutRow &row = question.row;
    const QString target = context.clocks->both(row.path.answer.at);
    QStringList title { tr("%1 to %2").arg(row.cluster, target) };
    if (row.path.partly)
        title << tr("PARTLY: %1")
                     .arg(TimelineWords(context).partOf(row.chain.empty() ? nullptr : &row.chain.back()));
    return tidemark::recipeText(question.recipe, title);
}

QWidget *RecoverDialog::facts(const TimelineWords &words, const Clocks &clocks) const
{
    const RestorePath &path = m_question.row.path;
    auto *list = new KeyValueList;
    list->addRow(tr("Asked for"), clocks.both(m_question.asked));
    if (path.answer.kind == Answer::Kind::Nothing) {
        list->addRow(tr("You get"), tr("nothing: no backup of then or before can be restored"));
        if (path.next)
            list->addRow(tr("First instant"), clocks.both(*path.next));
        return list;
    }
    list->addRow(tr("You get"), clocks.both(path.answer.at));
    const ReadoutRow &row = m_question.row;
    if (path.partly)
        list->addUnlessEmpty(tr("Partly"), words.partOf(row.chain.empty() ? nullptr : &row.chain.back()));
    if (path.withoutRoles)
        list->addRow(tr("Roles"), tr("none of them: no globals were dumped beside it"));
    list->addUnlessEmpty(tr("Each database"), words.eachDump(row));
    list->addUnlessEmpty(tr("Consistency"), words.consistency(row));
    list->addUnlessEmpty(tr("Newer, partly"), words.newerPart(row));
    list->addRow(tr("Lost work"), words.lost(path));
    list->addRow(tr("Confidence"), wordFor(path.confidence));
    for (std::size_t i = 0; i < m_question.row.chain.size(); ++i)
        list->addRow(
                i == 0 ? tr("Backups") : QString(), m_question.row.chain[i].id, KeyValueList::Face::Machine)
            ->setElided();
    if (path.wal) {
        list->addRow(
            tr("WAL"), tr("%1 to %2").arg(path.wal->first, path.wal->last), KeyValueList::Face::Machine);
        list->addRow(QString(), tr("%1; from %2").arg(words.wal(*path.wal), oneLine(m_question.archive)));
        list->addRow(tr("Timeline"), QString::number(path.wal->timeline.value));
    }
    return list;
}

RecoverDialog::RecoverDialog(RecoverQuestion question, const PageContext &context, QWidget *parent)
    : QDialog(parent)
    , m_question(std::move(question))
{
    const QString name = oneLine(m_question.row.cluster);
    setWindowTitle(m_question.row.path.partly ? tr("Recover a part of %1 to here").arg(name)
                                              : tr("Recover %1 to here").arg(name));
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"recoverDialog"_s);
    auto *edge = new EnvironmentEdge(this);
    edge->setEnvironment(m_question.row.environment);
    const QString text = recipeText(m_question, context);
    auto *honest = new TextLabel(tr("Tidemark does not run this. It is what to type, as exactly as it is "
                                    "known; try it on another machine."),
        FontRole::Interface, Token::T2);
    honest->setWordWrap(true);
    QPlainTextEdit *view = makeExactText(text, tr("Commands and settings"));
    auto *copy = makeButton(tr("Copy"), ButtonKind::Primary, u"copy"_s);
    copy->setObjectName(u"copyText"_s);
    auto *close = makeButton(tr("Close"));
    connect(copy, &QPushButton::clicked, this, [this, text] {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT copied();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(copy);
    const TimelineWords words(context);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(10);
    column->addWidget(facts(words, *context.clocks));
    column->addWidget(honest);
    column->addWidget(view, 1);
    column->addLayout(buttons);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(new EnvironmentHeading(m_question.row.environment, name));
    right->addLayout(column, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(edge);
    row->addLayout(right, 1);
    resize(Theme::of(this).px(720), Theme::of(this).px(560));
    copy->setFocus();
}

} // namespace tidemark
