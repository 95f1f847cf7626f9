# shells: bash
kernel_size=100 kernel_chunks=0; let kernel_size="4096" kernel_chunks="(kernel_size / 128) + 1" total="kernel_chunks * 2"; echo $kernel_chunks $total; offs=100; let offs="$offs - 54"; echo $offs
