#include "standin/routes/routes.h"

namespace tidemark::standin {

void addAllRoutes(Routes &routes)
{
    addAccessRoutes(routes);
    addContentRoutes(routes);
    addNamespaceRoutes(routes);
    addNodeRoutes(routes);
    addNoteRoutes(routes);
    addStoreRoutes(routes);
    addTaskRoutes(routes);
}

} // namespace tidemark::standin
