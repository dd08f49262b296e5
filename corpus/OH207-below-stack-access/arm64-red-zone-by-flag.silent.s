// arch: arm64
// flags: clang-16 --target=aarch64-linux-gnu -O2 -mllvm -aarch64-redzone=true
// expect: silent
// source: clang-16 -O2 -mllvm -aarch64-redzone=true, shortened
// why: the flag gives leaf functions 128 bytes below SP, which AAPCS64 does not (LLVM, AArch64FrameLowering::canUseRedZone)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	w0, w1, [sp, #-16]
	stur	x2, [sp, #-128]
	ldur	x8, [sp, #-128]
	ldur	w0, [sp, #-16]
	add	x0, x0, x8
	ret
	.cfi_endproc
	.size	f, .-f
