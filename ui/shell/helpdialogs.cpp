#include "shell/helpdialogs.h"

#include "shell/acts.h"
#include "widgets/buttons.h"
#include "widgets/textlabel.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QDialog>
#include <QHeaderView>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QTableWidgetItem *cell(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

void addRow(QTableWidget *table, const QString &keys, const QString &act, const QString &menu)
{
    const int row = table->rowCount();
    table->insertRow(row);
    table->setItem(row, 0, cell(keys));
    table->setItem(row, 1, cell(act));
    table->setItem(row, 2, cell(menu));
}

QTableWidget *makeTable(const Acts &acts, QWidget *parent)
{
    const Theme &theme = Theme::of(parent);
    auto *table = new QTableWidget(0, 3, parent);
    table->setObjectName(u"keyboard"_s);
    table->setAccessibleName(QDialog::tr("Keyboard"));
    table->setHorizontalHeaderLabels({ QDialog::tr("Keys"), QDialog::tr("Act"), QDialog::tr("Menu") });
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme.px(26));
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    for (const Acts::Entry &entry : acts.entries())
        addRow(table, entry.action->shortcut().toString(QKeySequence::NativeText),
            plainActText(entry.row.text), plainActText(Acts::menuWords(entry.row.menu)));
    table->setColumnWidth(0, theme.px(150));
    table->setColumnWidth(1, theme.px(260));
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

QDialog *makeDialog(const QString &title, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

void addClose(QBoxLayout *column, QDialog *dialog)
{
    auto *close = makeButton(QDialog::tr("Close"), ButtonKind::Normal, {}, dialog);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
}

} // namespace

QDialog *makeKeyboardDialog(const Acts &acts, QWidget *parent)
{
    QDialog *dialog = makeDialog(QDialog::tr("Keyboard"), parent);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(makeTable(acts, dialog), 1);
    addClose(column, dialog);
    const Theme &theme = Theme::of(parent);
    dialog->resize(theme.px(560), theme.px(560));
    return dialog;
}

QDialog *makeAboutDialog(QWidget *parent)
{
    QDialog *dialog = makeDialog(QDialog::tr("About Tidemark"), parent);
    auto *column = new QVBoxLayout(dialog);
    column->setSpacing(6);
    column->addWidget(new TextLabel(QDialog::tr("Tidemark %1").arg(QApplication::applicationVersion()),
        FontRole::PageTitle, Token::T1, dialog));
    auto *what = new TextLabel(
        QDialog::tr("What can be brought back from the backups of your PostgreSQL servers, and how "
                    "that is known."),
        FontRole::Interface, Token::T1, dialog);
    what->setWordWrap(true);
    what->setMinimumWidth(Theme::of(parent).px(360));
    column->addWidget(what);
    auto *terms = new TextLabel(
        QDialog::tr(
            "Free software under the GNU General Public License, version 3 or later. Built with Qt %1.")
            .arg(QLatin1StringView(qVersion())),
        FontRole::Secondary, Token::T2, dialog);
    terms->setWordWrap(true);
    column->addWidget(terms);
    column->addSpacing(8);
    addClose(column, dialog);
    return dialog;
}

} // namespace tidemark
