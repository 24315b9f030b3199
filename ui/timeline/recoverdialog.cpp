#include "timeline/recoverdialog.h"

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

namespace {

QString noteWords(Recipe::Note note)
{
    switch (note) {
    case Recipe::Note::Unpack:
        return RecoverDialog::tr(
            "Unpack the base backup into DATA_DIRECTORY, its tablespaces into their own folders.");
    case Recipe::Note::CopyBase:
        return RecoverDialog::tr("Copy the base backup into DATA_DIRECTORY.");
    case Recipe::Note::Combine:
        return RecoverDialog::tr("Use the pg_combinebackup of the server's version, 17 or later.");
    case Recipe::Note::PackedWal:
        return RecoverDialog::tr("Where the archive is packed, restore_command has to unpack each segment.");
    case Recipe::Note::AllWal:
        return RecoverDialog::tr("No target: recovery goes to the end of what is archived.");
    case Recipe::Note::MayStopShort:
        return RecoverDialog::tr("When no transaction follows the target in the WAL, the server says that it "
                                 "was not reached and stops.");
    case Recipe::Note::Signal:
        return RecoverDialog::tr("An empty file recovery.signal in DATA_DIRECTORY starts recovery.");
    case Recipe::Note::Globals:
        return RecoverDialog::tr("Restore the globals of the same run first: roles and tablespaces.");
    case Recipe::Note::ByHand:
        return RecoverDialog::tr(
            "How to get at this backup is not known to Tidemark: restore it by its own tool.");
    }
    return {};
}

QStringList commented(const QStringList &lines)
{
    QStringList marked;
    for (const QString &line : lines)
        marked << u"# "_s + oneLine(line);
    return marked;
}

} // namespace

QString RecoverDialog::recipeText(const RecoverQuestion &question, const Clocks &clocks)
{
    const Recipe &recipe = question.recipe;
    QStringList lines
        = commented({ tr("%1 to %2").arg(question.row.cluster, clocks.both(question.row.path.answer.at)) });
    if (!recipe.commands.isEmpty())
        lines << commented({ tr("into an empty DATA_DIRECTORY, never into the one in use") })
              << recipe.commands;
    if (!recipe.settings.isEmpty())
        lines << QString() << commented({ tr("in DATA_DIRECTORY/postgresql.auto.conf") }) << recipe.settings;
    QStringList notes;
    for (const Recipe::Note note : recipe.notes)
        notes << noteWords(note);
    if (!notes.isEmpty())
        lines << QString() << commented(notes);
    return lines.join(u'\n') + u'\n';
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
    setWindowTitle(tr("Recover %1 to here").arg(name));
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"recoverDialog"_s);
    auto *edge = new EnvironmentEdge(this);
    edge->setEnvironment(m_question.row.environment);
    const QString text = recipeText(m_question, *context.clocks);
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
