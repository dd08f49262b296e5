// arch: arm64
// rule: OH207
// flags: clang-16 --target=aarch64-linux-gnu -O2 -mllvm -aarch64-redzone=true
// expect: OH207 f+0x4
// source: the twin of arm64-red-zone-by-flag.silent.s
// why: 136 bytes below SP there is nothing, with the flag either

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stur	x2, [sp, #-136]
	ldur	x0, [sp, #-136]
	ret
	.cfi_endproc
	.size	f, .-f
